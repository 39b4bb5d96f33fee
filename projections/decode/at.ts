// What the log holds at a position, for pages that show it. Everything that leaves here is scrubbed by the settings of now.

import type pg from 'pg'
import type { ProjectSettings } from '../../core/project/settings.ts'
import type { OnScrub } from '../../core/scrub/scrub.ts'
import { readFact } from '../facts.ts'
import { findEventItem, readEventItem, type DecodedEvent } from './event.ts'
import { openFact } from './open.ts'

/** The event at a position; null when there is none in this project. */
export async function decodeEventAt(pool: pg.Pool, projectId: number, position: number, settings: ProjectSettings, onScrub?: OnScrub): Promise<DecodedEvent | null> {
  const fact = await readFact(pool, projectId, position)
  if (fact === null || fact.kind !== 'e') return null
  const opened = openFact(fact)
  const item = findEventItem(opened)
  const read = item && readEventItem(fact, opened, item, settings, onScrub)
  return read && 'event' in read ? read : null
}

/** The bytes of an attachment, exactly as sent: what is inside a file is not looked at. */
export async function readItemAt(pool: pg.Pool, projectId: number, position: number, index: number): Promise<Uint8Array | null> {
  const fact = await readFact(pool, projectId, position)
  if (fact === null || fact.kind !== 'e') return null
  const item = openFact(fact).items[index]
  return item?.type === 'attachment' ? item.payload : null
}
