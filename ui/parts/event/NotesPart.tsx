// What reading the event changed: dropped, shortened or corrected, by the SDK or here; a field and a sentence each.

import { Show } from 'solid-js'
import type { Event } from '../../../core/contract/event.ts'
import { ClosedSection } from './Section.tsx'
import { Pairs } from './ValueTree.tsx'

export function NotesPart(props: { event: Event }) {
  const notes = () => props.event.errors.map(({ type, message, data }): [string, string] => [typeof data.name === 'string' ? data.name : type, message])
  return <Show when={notes().length > 0}><ClosedSection id="notes" title="Processing notes" note={String(notes().length)}><Pairs entries={notes()} bare /></ClosedSection></Show>
}
