// The cases of protocol section 8 that are not rows of the tables beside this file: tested in a file of their own, or not part of
// this version, and why. complete.test.ts sees to it that every case is in exactly one place.

const releases = 'test/sdk/sentry-cli/releases.test.ts'
const artifacts = 'test/sdk/sentry-cli/artifacts.test.ts'
const lists = 'test/sdk/sentry-cli/issues.test.ts'

/** A file names its cases as `#95`; what SDKs of other languages really send needs no numbers. */
export const testedIn: Record<number, string> = {
  78: 'test/sdk/node.test.ts',
  95: 'test/conformance/backoff.test.ts',
  96: 'test/conformance/backoff.test.ts',
  140: 'test/conformance/attack.test.ts',
  156: 'test/conformance/attack.test.ts',
  163: 'test/core/artifact/bundle.test.ts',
  164: 'test/core/artifact/source-map.test.ts',
  165: releases,
  166: releases,
  167: releases,
  168: releases,
  169: releases,
  170: releases,
  171: releases,
  172: artifacts,
  173: artifacts,
  174: artifacts,
  175: artifacts,
  176: artifacts,
  177: artifacts,
  178: lists,
  179: lists,
  180: lists,
  181: lists,
  182: 'test/sdk/sentry-cli/events.test.ts',
  183: lists,
}

const releaseHealth = 'Sessions are kept raw and counted; release health is not part of this version.'
const crons = 'Check-ins are kept raw and counted; monitors are not part of this version.'

export const deliberate: Record<number, string> = {
  126: releaseHealth,
  127: releaseHealth,
  128: releaseHealth,
  129: releaseHealth,
  130: crons,
  131: crons,
}
