// The cases of protocol section 8 that are not rows of the tables beside this file: tested in a file of their own, or not part of
// this version, and why. complete.test.ts sees to it that every case up to 164 is in exactly one place.

/** A file of this folder names its cases as `#95`; test/sdk is about what SDKs really send, and needs no numbers. */
export const testedIn: Record<number, string> = {
  78: 'test/sdk/node.test.ts',
  95: 'test/conformance/backoff.test.ts',
  96: 'test/conformance/backoff.test.ts',
  140: 'test/conformance/attack.test.ts',
  156: 'test/conformance/attack.test.ts',
}

const releaseHealth = 'Sessions are kept raw and counted; release health is not part of this version.'
const crons = 'Check-ins are kept raw and counted; monitors are not part of this version.'
const sourceMaps = 'Artifact bundles and source maps come with sentry-cli, not with this version.'

export const deliberate: Record<number, string> = {
  126: releaseHealth,
  127: releaseHealth,
  128: releaseHealth,
  129: releaseHealth,
  130: crons,
  131: crons,
  163: sourceMaps,
  164: sourceMaps,
}
