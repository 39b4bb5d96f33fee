// The fold, for commands that append: of its own, because it is half of the code and others need none of it.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { createFolder } from '../projections/advance.ts'
import { readCheckpoint } from '../projections/checkpoint.ts'

/** What was appended must show at once, also when no server runs that would fold. */
export async function foldUpTo(pool: Pool, position: number): Promise<void> {
  const folder = createFolder(pool, { upTo: position })
  while ((await readCheckpoint(pool)) < position) if ((await folder.step()).folded === 0) await sleep(20)
}
