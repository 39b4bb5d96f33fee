// Events as a table of fields, as Sentry's dashboards and scripts ask for them: `field=title&field=browser.name`. What is no column is a tag.

import type { Event, EventTable } from '../../core/contract/event.ts'
import { ApiError } from '../../core/errors.ts'
import { formatShortId } from '../../core/shortid.ts'
import type { EventListRow } from './queries.ts'

export type DecodedFields = Pick<Event, 'message' | 'culprit' | 'location' | 'user' | 'tags'>

const maxFields = 20
const usual = ['id', 'title', 'timestamp', 'project', 'issue', 'level', 'release', 'environment', 'user']

type Column = { type: 'string' | 'date' | 'integer'; of: (row: EventListRow, slug: string) => string | number | null }

const columns: Readonly<Record<string, Column>> = {
  id: { type: 'string', of: (row) => row.eventId },
  title: { type: 'string', of: (row) => row.title },
  timestamp: { type: 'date', of: (row) => row.seenAt.toISOString() },
  project: { type: 'string', of: (_row, slug) => slug },
  'project.name': { type: 'string', of: (_row, slug) => slug },
  'project.id': { type: 'integer', of: (row) => row.project },
  issue: { type: 'string', of: (row, slug) => (row.issue === null ? null : formatShortId(slug, row.issue)) },
  'issue.id': { type: 'integer', of: (row) => row.issue },
  level: { type: 'string', of: (row) => row.level },
  platform: { type: 'string', of: (row) => row.platform },
  release: { type: 'string', of: (row) => row.release },
  environment: { type: 'string', of: (row) => row.environment },
  user: { type: 'string', of: (row) => row.userTag },
  'event.type': { type: 'string', of: () => 'error' },
}

const decodedFields: Readonly<Record<string, (event: DecodedFields) => string | null>> = {
  message: ({ message }) => message, culprit: ({ culprit }) => culprit, location: ({ location }) => location,
  'user.id': ({ user }) => user?.id ?? null, 'user.email': ({ user }) => user?.email ?? null, 'user.username': ({ user }) => user?.username ?? null,
  'user.ip': ({ user }) => user?.ip_address ?? null, 'user.display': ({ user }) => user?.email ?? user?.username ?? user?.id ?? user?.ip_address ?? null,
}

/** The usual ones where none is named. Throws `badRequest`: nothing is counted or summed here. */
export function readFields(names: readonly string[]): string[] {
  const fields = [...new Set(names)]
  if (fields.length > maxFields) throw new ApiError('badRequest', { fields: { field: [`At most ${maxFields} fields.`] } })
  const summed = fields.find((field) => field.includes('('))
  if (summed !== undefined) throw new ApiError('badRequest', { fields: { field: ['Name fields and tags of events; there are no functions.'] } })
  return fields.length === 0 ? usual : fields
}

/** True = some are in the log only. */
export function needsLog(fields: readonly string[]): boolean {
  return fields.some((field) => !Object.hasOwn(columns, field))
}

export function presentFields(fields: readonly string[], rows: readonly EventListRow[], slugs: ReadonlyMap<number, string>, decoded: ReadonlyMap<number, DecodedFields>): EventTable {
  const columnOf = (field: string): Column | undefined => (Object.hasOwn(columns, field) ? columns[field] : undefined)
  return {
    data: rows.map((row) => Object.fromEntries(fields.map((field) => [field, columnOf(field)?.of(row, slugs.get(row.project)!) ?? readDecoded(field, decoded.get(row.position))]))),
    meta: { fields: Object.fromEntries(fields.map((field) => [field, columnOf(field)?.type ?? 'string'])) },
  }
}

function readDecoded(field: string, event: DecodedFields | undefined): string | null {
  if (!event) return null
  if (Object.hasOwn(decodedFields, field)) return decodedFields[field]!(event)
  const name = /^tags\[(.*)\]$/s.exec(field)?.[1] ?? field
  return event.tags.find(({ key }) => key === name)?.value ?? null
}
