// Events for the tests of core/event: a payload goes through the same bytes as in the fold.

import { readFileSync } from 'node:fs'
import type { EventEntry } from '../../../core/contract/event.ts'
import type { EventContext } from '../../../core/event/context.ts'
import type { JsonObject } from '../../../core/event/json.ts'
import { readPayload } from '../../../core/event/payload.ts'
import { presentEvent, type PresentedEvent } from '../../../core/event/present.ts'
import { summariseEvent, type EventSummary } from '../../../core/event/summary.ts'

export const context: EventContext = {
  eventId: '9ec79c33ec9942ab8353589fcb2e04dc',
  receivedAt: new Date('2026-03-08T21:00:00Z'),
  remoteAddr: '203.0.113.50',
  meta: {},
}

export function clean(payload: unknown): JsonObject {
  return cleanText(JSON.stringify(payload))
}

export function cleanText(json: string | Uint8Array): JsonObject {
  const read = readPayload(typeof json === 'string' ? new TextEncoder().encode(json) : json)
  if ('invalid' in read) throw new Error(read.invalid)
  return read.event
}

export function summarise(payload: unknown, change: Partial<EventContext> = {}): EventSummary {
  return summariseEvent(clean(payload), { ...context, ...change })
}

export function present(payload: unknown, change: Partial<EventContext> = {}): PresentedEvent {
  return presentEvent(clean(payload), { ...context, ...change })
}

type EntryData = { [E in EventEntry as E['type']]: E['data'] }

/** The data of the only entry of a type; fails if there is none. */
export function entry<T extends EventEntry['type']>(event: PresentedEvent, type: T): EntryData[T] {
  const found = event.entries.find((candidate) => candidate.type === type)
  if (!found) throw new Error(`the event has no ${type}`)
  return found.data as EntryData[T]
}

/** Milliseconds of this thread's processor time: a limit on them holds on a busy machine too. */
export function measureCpu(run: () => unknown): number {
  const before = process.threadCpuUsage()
  run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

export function fixture(name: string): JsonObject {
  return cleanText(readFileSync(new URL(`../../fixtures/events/${name}.json`, import.meta.url)))
}
