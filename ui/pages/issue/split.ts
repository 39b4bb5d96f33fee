// A rule that would take events like this one out of their issue: a start, filled in for a person to change. Pure.

import type { Event } from '../../../core/contract/event.ts'
import { entryOf } from '../../parts/event/entries.ts'

/** Null when the event says nothing a rule could look for. */
export function suggestSplit(event: Event): string | null {
  const last = entryOf(event, 'exception')?.values.at(-1)
  const type = last?.type ?? null
  const frame = last?.stacktrace?.frames.findLast(({ inApp }) => inApp) ?? last?.stacktrace?.frames.at(-1)
  const name = frame?.function ?? null
  const value = last?.value ?? entryOf(event, 'message')?.formatted ?? null
  const matchers = [...(type === null ? [] : [`error.type:${quote(type)}`]), ...(value === null || value === '' ? [] : [`message:${quote(value)}`]), ...(name === null || name === '' ? [] : [`stack.function:${quote(name)}`])]
  if (matchers.length === 0) return null
  const part = (type ?? value ?? 'apart').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 40) || 'apart'
  return `${matchers.join(' ')} -> ${part}, {{ message }}`
}

/** As it is where it can be; the first line of a longer text, with any rest. At most 8 wildcards are allowed, so those that are in it stand for themselves only by chance. */
function quote(text: string): string {
  const first = text.split(/\r?\n/, 1)[0]!.slice(0, 200)
  const glob = first.length < text.length ? `${first}*` : first
  const bounded = (glob.match(/[*?]/g) ?? []).length > 8 ? `${glob.replaceAll(/[*?]+/g, ' ').slice(0, 60)}*` : glob
  return /^[^\s"]+$/.test(bounded) ? bounded : `"${bounded.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
