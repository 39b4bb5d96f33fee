// What a request on issues says: which issue, and what to change about it. Used for one issue and for many.

import type { Pool } from 'pg'
import { z } from 'zod'
import { issueUpdate } from '../../core/contract/issue.ts'
import { ApiError } from '../../core/errors.ts'
import type { IssueCommand } from '../../core/issue/decide.ts'
import { readIssueRef, type IssueRef } from '../../core/issue/ref.ts'
import { findAccount } from '../auth/accounts.ts'

/** Throws `notFound` for what names no issue. */
export function refOf(text: string): IssueRef {
  const ref = readIssueRef(text)
  if (!ref) throw new ApiError('notFound')
  return ref
}

// Conditions ("in the next release", "for a week") are refused rather than dropped: the click must not do something else.
const update = issueUpdate
  .extend({ statusDetails: z.strictObject({}, 'Conditions are not supported yet.').optional() })
  .refine((body) => body.status !== undefined || body.assignedTo !== undefined, 'Give a status or an assignee.')

/** The command, and what of the issue it sets, in the words of the API. */
export async function readUpdate(pool: Pool, body: unknown): Promise<{ command: IssueCommand; applied: object }> {
  const { status, assignedTo } = update.parse(body)
  const assignee = assignedTo === undefined ? undefined : assignedTo || null
  const account = assignee ? await findAccount(pool, Number(assignee.slice('user:'.length))) : undefined
  if (assignee && !account) throw new ApiError('badRequest', { fields: { assignedTo: ['There is no such user.'] } })
  const substatus = status === 'unresolved' ? 'ongoing' : status === 'ignored' ? 'archived_forever' : null
  const assigned = account ? { type: 'user', id: String(account.id), name: account.name, email: account.email } : null
  return {
    command: { type: 'update', status, assignee },
    applied: { ...(status && { status, substatus, statusDetails: {} }), ...(assignee !== undefined && { assignedTo: assigned }) },
  }
}
