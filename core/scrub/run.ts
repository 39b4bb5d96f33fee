// One pass over one event: the rules it follows and, if somebody wants to know, what it changed and where.

import type { NameRules } from './names.ts'
import type { Budget, Pattern } from './patterns.ts'

/** What stands where something was hidden (protocol 6). */
export const filtered = '[Filtered]'

/** Why something was hidden: a rule of protocol 6, `field` and `pattern` being the project's own; `depth` where nobody looks, `original` in `_meta`. */
export const scrubRules = ['password', 'session', 'card', 'ssn', 'iban', 'bearer', 'pem', 'url', 'email', 'ip', 'graphql', 'field', 'pattern', 'depth', 'original'] as const
export type ScrubRule = (typeof scrubRules)[number]

export type Rules = NameRules & {
  patterns: readonly Pattern[]
  addresses: boolean
}

type Note = { rule: ScrubRule; keys: string[] }

export type Run = { rules: Rules; budget: Budget; notes: Note[] | null }

export function note(run: Run, rule: ScrubRule): void {
  run.notes?.push({ rule, keys: [] })
}

/** Whole value gone. */
export function hide(run: Run, rule: ScrubRule): string {
  note(run, rule)
  return filtered
}

/** Called by each parent of a change, inside out, so that an event without changes never builds a path. */
export function placeNotes(run: Run, from: number, key: string): void {
  const { notes } = run
  if (notes !== null) for (let at = from; at < notes.length; at++) notes[at]!.keys.push(key)
}
