// The JSON of an event line by line, each line that a rule has changed marked with the reason. What was taken away altogether has a
// line where it was. Pure.

import type { Scrubbed } from '../../../core/contract/scrubbing.ts'

export type JsonLine = { text: string; why: string | null }
type Removed = Scrubbed['removed'][number]

/** More would not be read; the list of places beside it is complete. */
const mostLines = 2_000
const mostText = 2_000

export function listLines({ event, removed }: Pick<Scrubbed, 'event' | 'removed'>): { lines: JsonLine[]; isCut: boolean } {
  const marks = new Map<string, Removed[]>()
  const gone = new Map<string, Removed[]>()
  for (const one of removed) place(event, one, marks, gone)
  const lines: JsonLine[] = []
  write(event, [], '', '', 0)
  return { lines: lines.slice(0, mostLines), isCut: lines.length > mostLines }

  function write(value: unknown, keys: readonly string[], lead: string, tail: string, depth: number): void {
    if (lines.length > mostLines) return
    const why = sayWhy(marks.get(key(keys)))
    const indent = '  '.repeat(depth)
    const missing = gone.get(key(keys)) ?? []
    if (typeof value !== 'object' || value === null || (Object.keys(value).length === 0 && missing.length === 0)) {
      const text = `${indent}${lead}${JSON.stringify(value) ?? 'null'}`
      return void lines.push({ text: `${text.length > mostText ? `${text.slice(0, mostText)} …` : text}${tail}`, why })
    }
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
    lines.push({ text: `${indent}${lead}${open}`, why })
    const entries = Object.entries(value)
    for (const [index, [name, part]] of entries.entries()) {
      write(part, [...keys, name], Array.isArray(value) ? '' : `${JSON.stringify(name)}: `, index < entries.length - 1 ? ',' : '', depth + 1)
    }
    for (const one of missing) lines.push({ text: `${indent}  ${JSON.stringify(one.keys.at(-1))}`, why: `gone: ${one.reason}` })
    lines.push({ text: `${indent}${close}${tail}`, why: null })
  }
}

/** Onto the deepest part of the event that is still there; beside it when only the last step is missing. */
function place(event: unknown, one: Removed, marks: Map<string, Removed[]>, gone: Map<string, Removed[]>): void {
  let at: unknown = event
  for (const [index, name] of one.keys.entries()) {
    if (typeof at === 'object' && at !== null && Object.hasOwn(at, name)) {
      at = (at as Record<string, unknown>)[name]
      continue
    }
    const isLast = index === one.keys.length - 1 && typeof at === 'object' && at !== null && !Array.isArray(at)
    return add(isLast ? gone : marks, one.keys.slice(0, index), one)
  }
  add(marks, one.keys, one)
}

const key = (keys: readonly string[]): string => JSON.stringify(keys)

function add(to: Map<string, Removed[]>, keys: readonly string[], one: Removed): void {
  to.set(key(keys), [...(to.get(key(keys)) ?? []), one])
}

function sayWhy(marks: readonly Removed[] | undefined): string | null {
  if (marks === undefined) return null
  const all = [...new Set(marks.map(({ reason, onlySaved }) => (onlySaved ? `only by the saved rules: ${reason}` : reason)))]
  return all.length > 2 ? `${all.slice(0, 2).join('; ')} …` : all.join('; ')
}
