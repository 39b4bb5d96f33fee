// `?query=`, `environment`, `start`, `end` and `statsPeriod` on the events of an issue: its newest, its oldest and the neighbours of one, inside them.

import type { Pool } from 'pg'
import type { Event } from '../../core/contract/event.ts'
import type { Term } from '../../core/search/term.ts'
import { readBounded } from '../bounded.ts'
import type { FoundIssue } from '../issues/queries.ts'
import { readOnce } from '../issues/routes.ts'
import { readEnvironments, readTerms } from '../issues/search.ts'
import type { Cursor } from '../paging.ts'
import { readPeriodQuery, type Period } from '../period.ts'
import type { EventListRow } from './queries.ts'
import { findEvents, prepareEventFilter, type EventSource } from './search.ts'

export type WithinQuery = { query?: string; statsPeriod?: string; start?: string; end?: string; environment?: string | string[] }
export type Within = { terms: Term[]; period: Period }

/** Throws `badRequest`. */
export function readWithin({ environment, ...rest }: WithinQuery): Within {
  const once = readOnce({ query: rest.query, statsPeriod: rest.statsPeriod, start: rest.start, end: rest.end })
  return { terms: [...readTerms(once.query ?? '', 'event'), ...readEnvironments(environment)], period: readPeriodQuery(once, new Date()) }
}

export function isWhole({ terms, period }: Within): boolean {
  return terms.length === 0 && period.from === null && period.to === null
}

export function eventsOf({ project, slug, generation, keyIds }: FoundIssue): EventSource {
  return { projects: [{ id: project, slug, generation }], keyIds }
}

/** The newest event inside, or the oldest. */
export async function findEndWithin(pool: Pool, issue: FoundIssue, within: Within, end: 'latest' | 'oldest'): Promise<number | undefined> {
  return (await findFirst(pool, issue, within, end === 'latest' ? undefined : { value: '0', id: '0', backward: true }))?.position
}

/** The event with its neighbours inside. What number it has remains that in its issue. */
export async function narrowNeighbours(pool: Pool, issue: FoundIssue, within: Within, event: Event): Promise<Event> {
  if (isWhole(within)) return event
  const beside = { value: event.refold.position, id: '0' }
  const older = await findFirst(pool, issue, within, { ...beside, backward: false })
  const newer = await findFirst(pool, issue, within, { ...beside, backward: true })
  return { ...event, previousEventID: older?.eventId ?? null, nextEventID: newer?.eventId ?? null }
}

function findFirst(pool: Pool, issue: FoundIssue, { terms, period }: Within, cursor: Cursor | undefined): Promise<EventListRow | undefined> {
  return readBounded(pool, async (client) => (await findEvents(client, await prepareEventFilter(client, eventsOf(issue), terms, period, new Date()), cursor, 1))[0])
}
