// Compiled rules against an event or a frame (grouping.md 4). Every step is counted: when the meter is used up, no
// further rule matches, on any machine at the same place. Frozen like the domain `fp`.

import { isObject, type JsonObject } from '../front.ts'
import type { Family, FrameAction, RuleMatch } from '../types.ts'
import { matchGlob, readyText, type Comparison, type Glob, type Meter, type Text } from './glob.ts'
import { readAllFrames, readEventField, readExceptionField, readFrameField, readMessages, readOuterExceptions, readTags } from './values.ts'

/** Holds if any of the globs matches any value of the field; with `negated` if none does. `slot` numbers the fields of one text of rules. */
export type CompiledMatcher = { negated: boolean; name: string; slot: number; globs: readonly Glob[]; comparison: Comparison }

/** The matchers of each scope must hold on the event, on one exception, on one frame. */
export type CompiledRule = { event: CompiledMatcher[]; exception: CompiledMatcher[]; frame: CompiledMatcher[]; match: RuleMatch }
export type CompiledFrameRule = { matchers: CompiledMatcher[]; result: FrameAction }

/** Something that matchers look at; each field is read once, when the first of them asks. */
type Subject = { read: (name: string) => string[]; texts: (Text[] | undefined)[] }

/** The first rule that holds; none once the meter is used up. */
export function matchRules(rules: readonly CompiledRule[], event: unknown, meter: Meter): RuleMatch | undefined {
  if (rules.length === 0) return undefined
  const payload = isObject(event) ? event : {}
  const thrown = readOuterExceptions(payload)
  const whole = openEvent(payload, thrown)
  const exceptions = thrown.map((exception) => openSubject((name) => [readExceptionField(exception, name)]))
  let frames: Subject[] | undefined
  const listFrames = (): Subject[] => (frames ??= readAllFrames(payload, thrown).map((frame) => openSubject((name) => [readFrameField(frame, name)])))
  for (const rule of rules) {
    const holds = allHold(rule.event, whole, meter) && holdsOnOne(rule.exception, () => exceptions, meter) && holdsOnOne(rule.frame, listFrames, meter)
    // Once the meter is used up, a negated matcher seems to hold.
    if (meter.left < 0) return undefined
    if (holds) return rule.match
  }
  return undefined
}

/** The last rule that holds; none once the meter is used up. */
export function judgeFrame(rules: readonly CompiledFrameRule[], frame: JsonObject, about: { family: Family; errorType: string }, meter: Meter): FrameAction | undefined {
  const subject = openSubject((name) => [name === 'family' ? about.family : name === 'error.type' ? about.errorType : readFrameField(frame, name)])
  for (let index = rules.length - 1; index >= 0; index--) {
    const rule = rules[index]
    const holds = rule !== undefined && allHold(rule.matchers, subject, meter)
    if (meter.left < 0) return undefined
    if (holds) return rule.result
  }
  return undefined
}

function openSubject(read: Subject['read']): Subject {
  return { read, texts: [] }
}

function openEvent(event: JsonObject, exceptions: readonly JsonObject[]): Subject {
  let tags: ReadonlyMap<string, string> | undefined
  return openSubject((name) => {
    if (name === 'message') return readMessages(event, exceptions)
    if (!name.startsWith('tags.')) return [readEventField(event, name)]
    return [(tags ??= readTags(event.tags)).get(name.slice('tags.'.length)) ?? '']
  })
}

/** Where there is nothing to look at, every value is missing: only negated matchers hold. */
function holdsOnOne(matchers: readonly CompiledMatcher[], list: () => readonly Subject[], meter: Meter): boolean {
  if (matchers.length === 0) return true
  const subjects = list()
  if (subjects.length === 0) return matchers.every(({ negated }) => negated)
  for (const subject of subjects) {
    if (allHold(matchers, subject, meter)) return true
    if (meter.left < 0) return false
  }
  return false
}

function allHold(matchers: readonly CompiledMatcher[], subject: Subject, meter: Meter): boolean {
  for (const matcher of matchers) {
    if (matchesAny(matcher, subject, meter) === matcher.negated) return false
  }
  return true
}

function matchesAny({ name, slot, globs, comparison }: CompiledMatcher, subject: Subject, meter: Meter): boolean {
  let texts = subject.texts[slot]
  if (texts === undefined) {
    texts = []
    for (const value of subject.read(name)) {
      if (value !== '') texts.push(readyText(value, comparison, meter))
    }
    subject.texts[slot] = texts
  }
  for (const text of texts) {
    for (const glob of globs) {
      if (matchGlob(glob, text, meter)) return true
    }
  }
  return false
}
