// Which keys an issue has follows from its project's grouping stream: a command waits until all of that is folded, and its append expects
// no more of it.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { groupingStream } from '../../core/decisions.ts'
import { ApiError } from '../../core/errors.ts'
import { streamPosition } from '../log/decisions.ts'

const patienceMs = 5000

/** The last position of the project's grouping stream, once the fold has passed it. Throws `regrouping` after 5 s. */
export async function waitForGrouping(pool: Pool, project: number): Promise<number> {
  const grouped = await streamPosition(pool, groupingStream(project))
  const deadline = performance.now() + patienceMs
  for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
    const { rows } = await pool.query<{ passed: boolean }>(`select position >= $1 as passed from checkpoint where name = 'main'`, [grouped])
    if (rows[0]!.passed) return grouped
    if (performance.now() + pause > deadline) throw new ApiError('regrouping')
    await sleep(pause)
  }
}
