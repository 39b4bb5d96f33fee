// What an issue waits for, as Sentry's `statusDetails`: a release, or a condition, and who decided so. It stands in the log, at the position
// that decided the status.

import type { Pool } from 'pg'
import { parseDecision, type Decision } from '../../core/decisions.ts'
import { parseResolvedIn } from '../../core/issue/state.ts'
import { readPeople, type IssueRow } from './queries.ts'

type StatusDetails = Record<string, unknown>

/** By issue; those that wait for nothing are missing. */
export async function readStatusDetails(pool: Pool, issues: readonly IssueRow[]): Promise<Map<number, StatusDetails>> {
  const waiting = issues.filter(({ resolvedIn, substatus }) => resolvedIn !== null || substatus === 'archived_until_condition_met')
  if (waiting.length === 0) return new Map()
  const { rows } = await pool.query<{ position: number; actor: string | null; type: string; payload: Uint8Array }>(
    `select position::float8 as position, actor, type, payload from log where kind = 'd' and position = any($1::bigint[])`,
    [waiting.map(({ statusPosition }) => statusPosition)],
  )
  const people = await readPeople(pool, rows.map(({ actor }) => actor))
  const decided = new Map(rows.map(({ position, actor, type, payload }) => [position, { actor: (actor !== null && people.get(actor)) || null, decision: parseDecision(type, payload) }]))
  return new Map(waiting.map(({ id, resolvedIn, statusPosition }) => {
    const found = decided.get(statusPosition)
    return [id, { ...(resolvedIn === null ? describeUntil(found?.decision) : describeRelease(resolvedIn)), actor: found?.actor ?? null }]
  }))
}

function describeRelease(text: string): StatusDetails {
  const { version, including } = parseResolvedIn(text)
  return including ? { inRelease: version } : { inNextRelease: true, afterRelease: version }
}

function describeUntil(decision: Decision | undefined): StatusDetails {
  const { at, events, users } = (decision?.type === 'issue.ignored' && decision.data.until) || {}
  return { ignoreUntil: at ?? null, ignoreCount: events ?? null, ignoreUserCount: users ?? null }
}
