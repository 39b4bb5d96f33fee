// From the spool back into the log, each batch once. Whether an append was committed whose answer never came, only the log
// knows: it is asked first, and its index on batch ids has the last word when that append is still under way.

import { createHash } from 'node:crypto'
import type pg from 'pg'
import { appendEnvelopes, findBatches, isDataError, isRepeated } from './append.ts'
import type { Batch } from './spool/batch.ts'

export type Replay = { pool: pg.Pool; timeoutMs: number; /** Called with each envelope that the database refuses for what is in it. */ refuse: (batch: Batch, error: unknown) => Promise<void> }

/**
 * Appends what of these batches is not in the log yet, in order, in as few statements as may be. Returns the last position
 * appended; 0 when there was nothing to append. Rejects when the database is away: call it again with the same batches.
 */
export async function replayBatches(batches: readonly Batch[], replay: Replay): Promise<number> {
  const { pool, timeoutMs } = replay
  const stored = await findBatches(pool, batches.map((batch) => batch.id), timeoutMs)
  const missing = batches.filter((batch) => !stored.has(batch.id))
  if (missing.length === 0) return 0
  try {
    const ids = missing.flatMap(({ id, envelopes }) => envelopes.map((_, index) => (index === 0 ? id : null)))
    const positions = await appendEnvelopes(pool, missing.flatMap((batch) => batch.envelopes), { ids, timeoutMs })
    return positions.at(-1)!
  } catch (error) {
    if (isRepeated(error)) return replayBatches(missing, replay) // committed since we asked
    if (!isDataError(error)) throw error
    if (missing.length === 1 && missing[0]!.envelopes.length === 1) await replay.refuse(missing[0]!, error)
    else return replayOneByOne(missing.length === 1 ? splitBatch(missing[0]!) : missing, replay)
    return 0
  }
}

async function replayOneByOne(batches: readonly Batch[], replay: Replay): Promise<number> {
  let position = 0
  for (const batch of batches) position = Math.max(position, await replayBatches([batch], replay))
  return position
}

/** Each envelope as a batch, with ids that are the same each time. */
function splitBatch({ id, envelopes }: Batch): Batch[] {
  return envelopes.map((envelope, index) => {
    const hex = createHash('sha256').update(`${id} ${index}`).digest('hex')
    return { id: [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-'), envelopes: [envelope] }
  })
}
