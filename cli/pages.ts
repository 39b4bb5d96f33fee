// One page after the other, until there are as many as were asked for.

import type { Page } from '../core/contract/client.ts'
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

export async function* walkPages<T>(read: (page: { cursor?: string; limit: number }) => Promise<Page<T>>, limit: number): AsyncGenerator<T> {
  let cursor: string | undefined
  let left = limit
  do {
    const page = await read({ ...(cursor !== undefined && { cursor }), limit: Math.min(left, largestPage) })
    yield* page.data.slice(0, left)
    left -= page.data.length
    cursor = page.next
  } while (cursor !== undefined && left > 0)
}
