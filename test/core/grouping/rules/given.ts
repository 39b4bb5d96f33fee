// Rules and events as the tests of rules write them.

import { compileFrameRules, compileRules } from '../../../../core/grouping/rules/compile.ts'
import type { RuleError } from '../../../../core/grouping/rules/lines.ts'
import type { Family } from '../../../../core/grouping/types.ts'

type Json = { [key: string]: unknown }

/** What compiles, or a failed test that names the first bad line. */
export function compiled<T extends object>(outcome: T | { errors: RuleError[] }): T {
  if ('errors' in outcome) throw new Error(JSON.stringify(outcome.errors[0]))
  return outcome
}

/** The line of the rule that matches. */
export function matchingLine(text: string, event: Json): number | undefined {
  return compiled(compileRules(text)).rules.match(event)?.line
}

/** Whether one rule with these matchers matches. */
export function holds(matchers: string, event: Json): boolean {
  return matchingLine(`${matchers} -> x`, event) === 1
}

export function judge(text: string, frame: Json, about: { family?: Family; errorType?: string } = {}): string | undefined {
  return compiled(compileFrameRules(text)).rules.judge(frame, { family: 'other', errorType: '', ...about })?.action
}

export function errorsOf(text: string, compile: typeof compileRules | typeof compileFrameRules = compileRules): RuleError[] {
  const outcome = compile(text)
  return 'errors' in outcome ? outcome.errors : []
}

/** An event with these exceptions: type, text, frames. */
export function thrown(...exceptions: [type: string, value: string, ...frames: Json[]][]): Json {
  return { exception: { values: exceptions.map(([type, value, ...frames]) => ({ type, value, stacktrace: { frames } })) } }
}
