// One frame as the strategies of v2 read it: whose it is, where it lies, how it is called (grouping.md 3.4, 3.5).

import type { Family } from '../types.ts'
import { familyOf, readText, type JsonObject } from '../front.ts'

export type Frame = {
  /** The frame of the event itself. */
  sent: JsonObject
  platform: string
  family: Family
  /** `abs_path`, else `filename`, with `/` for `\`. */
  path: string
  module: string
  /** As sent: `function`, else `raw_function`. */
  name: string
}

/** Why a frame has no identity. A dropped one is as good as absent, also where it stands nearest the crash. */
export type Skip = { readonly reason: string; readonly dropped?: true; readonly minified?: true }

/** `location U+001F function`, or why there is none. */
export type Identity = string | Skip

export const nameless: Skip = { reason: 'neither name nor file' }

export function readFrame(sent: JsonObject, eventPlatform: string): Frame {
  const platform = readText(sent.platform) || eventPlatform
  const path = readText(sent.abs_path) || readText(sent.filename)
  return {
    sent,
    platform,
    family: familyOf(platform),
    path: path.includes('\\') ? path.replaceAll('\\', '/') : path,
    module: readText(sent.module),
    name: readText(sent.function) || readText(sent.raw_function),
  }
}

const noNames = new Set(['?', '<anonymous>', 'anonymous', 'Anonymous function', 'global code', 'eval code', 'module code', '<unknown>', '<redacted>', '???', '{main}', ''])

/** Python's `<module>` is a name. */
export function isNoName(name: string): boolean {
  return noNames.has(name)
}
