// Taking secrets out of what an SDK sent (protocol 6): run by the fold and by every read between parsing and normalising, because the
// log holds the raw bytes; by the door before the append where a project wants none of them there.

import type { JsonObject } from '../event/json.ts'
import { eventShape } from './event-shape.ts'
import { hideVariables } from './graphql.ts'
import { patternBudget } from './patterns.ts'
import { everything, message } from './reach.ts'
import { readRules, type ScrubSettings } from './rules.ts'
import type { Rules, Run, ScrubRule } from './run.ts'
import { scrubString } from './text.ts'
import { levelLimit, scrubValue } from './value.ts'

export type { ScrubSettings } from './rules.ts'
export type { ScrubRule } from './run.ts'

/** Hears of one change: the rule, and where in the event: dotted, and key by key. */
export type OnScrub = (rule: ScrubRule, path: string, keys: readonly string[]) => void

/**
 * The event without its secrets; the very event if it has none. Never throws and never changes its input; what is
 * unchanged is shared with it. Applying it again changes nothing.
 */
export function scrubEvent(event: JsonObject, settings: ScrubSettings, onScrub?: OnScrub): JsonObject {
  const rules = readRules(settings)
  if (rules === null) return event
  const run = startRun(rules, onScrub !== undefined)
  const scrubbed = eventShape.scrub(hideVariables(event, run), run, levelLimit) as JsonObject
  if (onScrub) for (const { rule, keys } of run.notes ?? []) report(onScrub, rule, keys.toReversed())
  return scrubbed
}

function report(onScrub: OnScrub, rule: ScrubRule, keys: readonly string[]): void {
  onScrub(rule, keys.join('.'), keys)
}

/** What a person wrote: only what is secret in it goes. */
export function scrubText(text: string, settings: ScrubSettings): string {
  const rules = readRules(settings)
  return rules === null ? text : scrubString(text, message, startRun(rules, false))
}

/** Any other JSON: each value by its name and by itself. */
export function scrubJson(value: unknown, settings: ScrubSettings): unknown {
  const rules = readRules(settings)
  return rules === null ? value : scrubValue(value, everything, startRun(rules, false), levelLimit)
}

function startRun(rules: Rules, keepsNotes: boolean): Run {
  return { rules, budget: { left: patternBudget }, notes: keepsNotes ? [] : null }
}
