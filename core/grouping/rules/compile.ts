// A project's rules, from the text people write to what group() asks (grouping.md 4). Compiled once per revision; what
// compiles here may be saved. The editor and the validation of the API read `list` and `errors`.

import type { CompiledFrameRules, CompiledRules } from '../types.ts'
import { compileGlob, type Comparison } from './glob.ts'
import { parseLines, type RuleError } from './lines.ts'
import { judgeFrame, matchRules, type CompiledFrameRule, type CompiledMatcher, type CompiledRule } from './match.ts'
import type { ParsedMatcher } from './matcher.ts'
import { parseFrameRule, type ParsedFrameRule } from './parse-frame-rule.ts'
import { parseRule, type ParsedRule } from './parse-rule.ts'
import { findWord, ruleMatchers, type MatcherScope } from './reference.ts'

/** Steps that a matching takes at most: one for each glob tried, each unit of a value read, each unit of it compared. */
export const eventSteps = 2_000_000
export const frameSteps = 50_000

/** Errors name every bad line, up to 100. An empty text is no rules. */
export function compileRules(text: string): { rules: CompiledRules; list: ParsedRule[] } | { errors: RuleError[] } {
  const parsed = parseLines(text, parseRule)
  if ('errors' in parsed) return parsed
  const compiled = prepareRules(parsed.list)
  return { rules: { match: (event) => matchRules(compiled, event, { left: eventSteps }) }, list: parsed.list }
}

/** Errors name every bad line, up to 100. An empty text is no rules. */
export function compileFrameRules(text: string): { rules: CompiledFrameRules; list: ParsedFrameRule[] } | { errors: RuleError[] } {
  const parsed = parseLines(text, parseFrameRule)
  if ('errors' in parsed) return parsed
  const compiled = prepareFrameRules(parsed.list)
  return { rules: { judge: (frame, about) => judgeFrame(compiled, frame, about, { left: frameSteps }) }, list: parsed.list }
}

export function prepareRules(list: readonly ParsedRule[]): CompiledRule[] {
  const slots = new Map<string, number>()
  return list.map(({ line, text, matchers, parts, title }) => {
    const scoped = matchers.map((matcher) => compileMatcher(matcher, slots))
    const pick = (scope: MatcherScope): CompiledMatcher[] => scoped.filter((each) => each.scope === scope).map((each) => each.matcher)
    return { event: pick('event'), exception: pick('exception'), frame: pick('frame'), match: { parts, ...(title === undefined ? {} : { title }), line, text } }
  })
}

export function prepareFrameRules(list: readonly ParsedFrameRule[]): CompiledFrameRule[] {
  const slots = new Map<string, number>()
  return list.map(({ line, text, matchers, action }) => ({ matchers: matchers.map((matcher) => compileMatcher(matcher, slots).matcher), result: { action, line, text } }))
}

function compileMatcher({ negated, name, glob }: ParsedMatcher, slots: Map<string, number>): { scope: MatcherScope; matcher: CompiledMatcher } {
  const word = findWord(ruleMatchers, name)
  const comparison: Comparison = { ...(word?.ignoresCase && { ignoresCase: true }), ...(word?.path && { path: true }) }
  const alternatives = name === 'family' ? glob.split(',') : [glob]
  const globs = alternatives.flatMap((one) => compileGlob(word?.values && one === 'all' ? '*' : one, comparison))
  const slot = slots.get(name) ?? slots.size
  slots.set(name, slot)
  return { scope: word?.scope ?? 'event', matcher: { negated, name, slot, globs, comparison } }
}
