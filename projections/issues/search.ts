// From the query text to the filter of the list, or straight to one issue.

import { issueStatus } from '../../core/contract/issue.ts'
import { ApiError } from '../../core/errors.ts'
import { readIssueRef } from '../../core/issue/ref.ts'
import { parseSearch, summariseSearch } from '../../core/search.ts'
import type { IssueFilter } from './queries.ts'

/** No query = what is open; an empty one = all. Throws `badRequest` that says where and what was expected. */
export function readFilter(query: string | undefined): IssueFilter {
  const search = parseSearch(query ?? 'is:unresolved')
  if ('error' in search) throw new ApiError('badRequest', { detail: search.error.message })
  const { statuses = issueStatus.options, texts } = summariseSearch(search.terms)
  return { statuses, texts }
}

/** An event id or a short id as the whole query names one thing; a number alone is text. */
export function readDirectHit(query: string | undefined): { eventId: string } | { ref: NonNullable<ReturnType<typeof readIssueRef>> } | undefined {
  const text = query?.trim() ?? ''
  const eventId = readEventId(text)
  if (eventId) return { eventId }
  const ref = /^\d+$/.test(text) ? null : readIssueRef(text)
  return ref ? { ref } : undefined
}

/** 32 hex digits with or without the dashes of a UUID. */
export function readEventId(text: string): string | undefined {
  return /^([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(text) ? text.replaceAll('-', '').toLowerCase() : undefined
}
