// Finds an entry of an event by its type. Pure.

import type { Event, EventEntry } from '../../../core/contract/event.ts'

type DataOf<T extends EventEntry['type']> = Extract<EventEntry, { type: T }>['data']

export function entryOf<T extends EventEntry['type']>(event: Event, type: T): DataOf<T> | null {
  const found = event.entries.find((entry) => entry.type === type)
  return (found as { data: DataOf<T> } | undefined)?.data ?? null
}
