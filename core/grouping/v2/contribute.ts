// Version 2 of grouping: what a deploy, host, browser, compiler or record id can change without changing the bug is not
// identity; a stack that says something outranks the message, one that says nothing must not hide it (grouping.md 3).
// Frozen once released: whoever wants it better copies this folder.

import { familyOf, readText, type JsonObject } from '../front.ts'
import type { CompiledFrameRules, Contribution, FrameTrace } from '../types.ts'
import { contributeBuiltIn } from './built-in.ts'
import type { Context } from './context.ts'
import { contributeExceptions } from './exceptions.ts'
import { contributeWithoutExceptions } from './without-exceptions.ts'
import { contributeSecurity } from './security.ts'

/** The first strategy that applies (grouping.md 3.1). */
export function contributeV2(event: JsonObject, frameRules?: CompiledFrameRules, trace?: FrameTrace): Contribution {
  const platform = readText(event.platform)
  const context: Context = { event, platform, family: familyOf(platform), frameRules, trace, notes: [] }
  return contributeSecurity(event) ?? contributeBuiltIn(context) ?? contributeExceptions(context) ?? contributeWithoutExceptions(context)
}
