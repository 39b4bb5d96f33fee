// Cursors of lists of tag values: a number that the list is sorted by, and the value in base64url, for whatever it holds.

import { ApiError } from '../../core/errors.ts'

export type ValueCursor = { number: string; value: string; backward: boolean }

/** Undefined = the first page. Throws `badRequest` for anything this server did not make. */
export function readValueCursor(text: string | undefined): ValueCursor | undefined {
  if (text === undefined || text === '') return undefined
  const match = /^(\d{1,18}):([\w-]{0,2000}):([01])$/.exec(text)
  if (!match) throw new ApiError('badRequest', { fields: { cursor: ['This cursor is not valid. Start at the first page.'] } })
  return { number: match[1]!, value: Buffer.from(match[2]!, 'base64url').toString(), backward: match[3] === '1' }
}

/** For formatLink. */
export function placeOfValue(number: string, value: string): { value: string; id: string } {
  return { value: number, id: Buffer.from(value).toString('base64url') }
}
