// How far the fold is: one row, moved in the same transaction as the rows it speaks for.

import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

type Queryable = Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>

/** Position of the last folded fact; 0 = none. */
export async function readCheckpoint(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ position: string }>(`select position from checkpoint where name = 'main'`)
  return Number(rows[0]!.position)
}

/** Takes the checkpoint for this transaction. Null = somebody else is folding. */
export async function claimCheckpoint(client: pg.PoolClient): Promise<number | null> {
  const { rows } = await client.query<{ position: string }>(`select position from checkpoint where name = 'main' for update skip locked`)
  return rows[0] ? Number(rows[0].position) : null
}

/** Moves it only where it still is what was claimed. */
export async function moveCheckpoint(client: pg.PoolClient, from: number, to: number): Promise<void> {
  const { rowCount } = await client.query(`update checkpoint set position = $2 where name = 'main' and position = $1`, [from, to])
  if (rowCount !== 1) throw new Error(`the checkpoint is not at ${from} any more`)
}

/** Waits until the fold has passed `position`. False after `timeoutMs`. */
export async function waitForCheckpoint(pool: pg.Pool, position: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs
  for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
    if ((await readCheckpoint(pool)) >= position) return true
    if (performance.now() + pause > deadline) return false
    await sleep(pause)
  }
}
