// Keyset paging with Sentry's `Link` header. A cursor names the row beside the page, so that rows that move never repeat or hide others.

import { ApiError } from '../core/errors.ts'

/** `value` = what the list is sorted by, as a whole number in text (int8 does not fit a JS number); `id` breaks ties. */
export type Cursor = { value: string; id: string; backward: boolean }
/** `stop`: where a search ended before it had filled the page, and goes on in that direction. */
export type Page<Row> = { rows: Row[]; newer: boolean; older: boolean; stop?: Place & { rel: Rel } }
type Place = { value: string; id: string }
type Rel = 'previous' | 'next'

const pattern = /^(\d{1,18}):(\d{1,15}):([01])$/

/** Undefined = the first page. Throws `badRequest` for anything this server did not make. */
export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined || text === '') return undefined
  const match = pattern.exec(text)
  if (!match) throw new ApiError('badRequest', { fields: { cursor: ['This cursor is not valid. Start at the first page.'] } })
  return { value: match[1]!, id: match[2]!, backward: match[3] === '1' }
}

export function readLimit(text: string | undefined, fallback = 50, max = 100): number {
  if (text === undefined || text === '') return fallback
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > max) throw new ApiError('badRequest', { fields: { limit: [`Use a whole number from 1 to ${max}.`] } })
  return limit
}

/** From at most `limit + 1` rows in the order they were read (away from the cursor, or after the first `offset`): the page in list order, and what lies beside it. */
export function cutPage<Row>(found: Row[], limit: number, cursor: Cursor | undefined, offset = 0): Page<Row> {
  const more = found.length > limit
  const rows = found.slice(0, limit)
  if (cursor?.backward) return { rows: rows.toReversed(), newer: more, older: true }
  return { rows, newer: cursor !== undefined || offset > 0, older: more }
}

/** `placeOf` gives the sort value and id of a row. `url` is the request's path and query. */
export function formatLink<Row>(origin: string, url: string, { rows, newer, older, stop }: Page<Row>, placeOf: (row: Row) => Place): string {
  const link = (rel: Rel, row: Row | undefined, results: boolean): string => {
    const { value, id } = stop && (stop.rel === rel || !row) ? stop : row ? placeOf(row) : { value: '0', id: '0' }
    const cursor = `${value}:${id}:${rel === 'previous' ? 1 : 0}`
    const target = new URL(url, origin)
    target.searchParams.set('cursor', cursor)
    target.searchParams.delete('offset')
    return `<${target.href}>; rel="${rel}"; results="${results}"; cursor="${cursor}"`
  }
  return `${link('previous', rows[0], newer)}, ${link('next', rows.at(-1), older)}`
}
