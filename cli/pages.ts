// How many rows of a long list are wanted.

import { UsageError } from './arguments.ts'

export type Pages = { limit: string | undefined; all: boolean | undefined }

const defaultLimit = 25
/** What the API gives at once. */
const largestPage = 100

/** Infinity for --all. */
export function takeLimit({ limit, all }: Pages): number {
  if (all && limit !== undefined) throw new UsageError('Give --limit or --all, not both.')
  if (all) return Infinity
  if (limit === undefined) return defaultLimit
  if (!/^[1-9]\d{0,8}$/.test(limit)) throw new UsageError(`--limit is "${limit}". It must be a whole number from 1.`)
  return Number(limit)
}

/** What to ask for at once. */
export function pageSize(limit: number): number {
  return Math.min(limit, largestPage)
}

export async function* takeFirst<T>(rows: AsyncIterable<T>, limit: number): AsyncGenerator<T> {
  let left = limit
  for await (const row of rows) {
    yield row
    if (--left <= 0) return
  }
}
