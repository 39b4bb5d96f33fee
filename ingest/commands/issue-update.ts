// What a request on issues says: which issue, and what to change about it, in Sentry's words. Used for one issue and for many.

import type { FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import type { z } from 'zod'
import { issueUpdate } from '../../core/contract/issue.ts'
import { ApiError } from '../../core/errors.ts'
import type { IssueUpdateCommand } from '../../core/issue/decide.ts'
import { readIssueRef, type IssueRef } from '../../core/issue/ref.ts'
import { findAccount, findLogin, type AccountRow } from '../auth/accounts.ts'
import { resolveRelease, type WantedRelease } from './resolve-release.ts'

/** Throws `notFound` for what names no issue. */
export function refOf(text: string): IssueRef {
  const ref = readIssueRef(text)
  if (!ref) throw new ApiError('notFound')
  return ref
}

export type RequestedUpdate = {
  /** For issues of this project: a release is one of a project. Throws `badRequest`. */
  commandFor(project: number): Promise<IssueUpdateCommand>
  /** What of an issue it sets, in the words of the API. */
  applied: Record<string, unknown>
}

/** Throws `badRequest` with a sentence per field. */
export async function readUpdate(pool: Pool, body: unknown, now = new Date()): Promise<RequestedUpdate> {
  const update = issueUpdate.parse(body)
  const account = update.assignedTo ? await findAssignee(pool, update.assignedTo) : null
  const { release, details, ...status } = readStatus(update, now)
  const assignee = update.assignedTo === undefined ? undefined : account ? `user:${account.id}` : null
  const command: IssueUpdateCommand = { type: 'update', ...status, reviewed: update.inbox === false, assignee }
  return {
    async commandFor(project) {
      if (account && account.projects !== null && !account.projects.includes(project)) throw new ApiError('badRequest', { fields: { assignedTo: ['This user does not belong to the project.'] } })
      return release === undefined ? command : { ...command, release: await resolveRelease(pool, project, release) }
    },
    applied: {
      ...(status.status && { status: status.status, substatus: status.substatus ?? (status.status === 'unresolved' ? status.as ?? 'ongoing' : null), statusDetails: details }),
      ...(assignee !== undefined && { assignedTo: account && { type: 'user', id: String(account.id), name: account.name, email: account.email } }),
      ...(update.inbox !== undefined && { inbox: update.inbox }),
      ...(update.hasSeen !== undefined && { hasSeen: update.hasSeen }),
    },
  }
}

type IssueUpdate = z.output<typeof issueUpdate>
type Status = Pick<IssueUpdateCommand, 'status' | 'substatus' | 'until' | 'as'> & { release?: WantedRelease; details: Record<string, unknown> }

function readStatus({ status, substatus, statusDetails = {}, snoozeDuration }: IssueUpdate, now: Date): Status {
  switch (status) {
    case 'resolved':
    case 'resolvedInNextRelease': {
      const { inNextRelease, inRelease, afterRelease } = statusDetails
      if (status === 'resolvedInNextRelease' || inNextRelease) {
        const release = afterRelease === undefined ? 'next' : { version: afterRelease, including: false }
        return { status: 'resolved', release, details: { inNextRelease: true, ...(afterRelease !== undefined && { afterRelease }) } }
      }
      if (inRelease === undefined) return { status: 'resolved', details: {} }
      return { status: 'resolved', release: inRelease === 'latest' ? 'latest' : { version: inRelease, including: true }, details: { inRelease } }
    }
    case 'unresolved':
      return { status, as: readOpen(substatus), details: {} }
    case 'ignored':
    case 'muted':
      return readArchive(substatus ?? undefined, { ...statusDetails, ignoreDuration: statusDetails.ignoreDuration || snoozeDuration }, now)
    default:
      return { details: {} }
  }
}

const openAs = ['new', 'ongoing', 'regressed', 'escalating'] as const
const readOpen = (substatus: IssueUpdate['substatus']): IssueUpdateCommand['as'] => openAs.find((name) => name === substatus)

/** Zero and null, as sentry-cli sends them, are no conditions. */
function readArchive(substatus: IssueUpdate['substatus'], { ignoreDuration, ignoreCount, ignoreUserCount, ignoreUntil: named }: NonNullable<IssueUpdate['statusDetails']>, now: Date): Status {
  const ignoreUntil = ignoreDuration ? new Date(now.getTime() + ignoreDuration * 60_000).toISOString() : named ? new Date(named).toISOString() : undefined
  const until = { ...(ignoreUntil && { at: ignoreUntil }), ...(ignoreCount && { events: ignoreCount }), ...(ignoreUserCount && { users: ignoreUserCount }) }
  const isConditional = Object.keys(until).length > 0
  if (substatus === 'archived_until_condition_met' && !isConditional) throw refuse('Until what? Give ignoreDuration, ignoreUntil, ignoreCount or ignoreUserCount.')
  if (substatus !== undefined && substatus !== 'archived_until_condition_met' && isConditional) throw refuse('Conditions go with archived_until_condition_met.')
  if (!isConditional) return { status: 'ignored', substatus: substatus === 'archived_until_escalating' ? substatus : 'archived_forever', details: {} }
  return {
    status: 'ignored', substatus: 'archived_until_condition_met', until,
    details: { ...(ignoreUntil && { ignoreUntil }), ...(ignoreCount && { ignoreCount }), ...(ignoreUserCount && { ignoreUserCount }) },
  }
}

function refuse(text: string): ApiError {
  return new ApiError('badRequest', { fields: { statusDetails: [text] } })
}

/** `user:12`, `12` or an email address. */
async function findAssignee(pool: Pool, text: string): Promise<AccountRow> {
  const id = /^(?:user:)?(\d{1,9})$/.exec(text)?.[1]
  const account = id === undefined ? await findLogin(pool, text) : await findAccount(pool, Number(id))
  if (!account) throw new ApiError('badRequest', { fields: { assignedTo: ['There is no such user.'] } })
  return account
}

/** The position of what the client had seen when it decided: `If-Match`, or `expected` in the body. Throws `badRequest`. */
export function readSeen({ headers, body }: FastifyRequest): number | undefined {
  const field = (body as { expected?: { position?: unknown } } | null | undefined)?.expected?.position
  const text = headers['if-match'] ?? (field === undefined ? undefined : String(field))
  if (text === undefined || text === '*') return undefined
  const position = /^(?:W\/)?"?(\d{1,15})"?$/.exec(text)?.[1]
  if (position === undefined) throw new ApiError('badRequest', { fields: { expected: ['Use the position that a read answered in X-Refold-Position.'] } })
  return Number(position)
}
