// Poison never blocks the next fact: what cannot be folded is set aside, and the batch is folded again without it (architecture 4).

import type pg from 'pg'

/** This fact, and no other of its batch, could not be folded. */
export class UnfoldableError extends Error {
  readonly position: number
  constructor(position: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause))
    this.position = position
  }
}

/** Decodes and folds these facts but for the parked ones; returns those and what it could not decode. */
export type Attempt<F> = (facts: readonly F[], parked: ReadonlyMap<number, string>) => Promise<ReadonlyMap<number, string>>

/** Returns, by position, what was parked and why. Rejects on a database error that is not one fact's fault. Within a transaction. */
export async function foldWithoutPoison<F extends { position: number }>(client: pg.PoolClient, facts: readonly F[], attempt: Attempt<F>): Promise<ReadonlyMap<number, string>> {
  const parked = new Map<number, string>()
  await client.query('savepoint batch')
  for (;;) {
    try {
      return await attempt(facts, parked)
    } catch (error) {
      await client.query('rollback to savepoint batch')
      if (error instanceof UnfoldableError) parked.set(error.position, error.message)
      else if (isDataError(error)) await findPoison(client, facts, parked, attempt, error)
      else throw error
    }
  }
}

/**
 * All of them, or the error that was first on the connection: what was sent behind a query that fails is refused as well (25P02), and
 * that refusal may be the first to arrive here. Also for those that one save consists of. What is no promise is nothing to wait for.
 */
export async function settle(saves: readonly unknown[]): Promise<void> {
  const reasons = (await Promise.allSettled(saves)).flatMap((save) => (save.status === 'rejected' ? [save.reason as { code?: string }] : []))
  if (reasons.length > 0) throw reasons.find(({ code }) => code !== '25P02') ?? reasons[0]
}

/** SQLSTATE 22 (data) and 23 (constraint): some fact holds what Postgres refuses. */
function isDataError(error: unknown): boolean {
  return /^2[23]/.test((error as { code?: string }).code ?? '')
}

/** Halves the batch down to the one fact at fault and parks it. Throws the error again when no single fact brings it back. */
async function findPoison<F extends { position: number }>(client: pg.PoolClient, facts: readonly F[], parked: Map<number, string>, attempt: Attempt<F>, error: unknown): Promise<void> {
  const candidates = facts.filter((fact) => !parked.has(fact.position))
  const fails = async (count: number): Promise<boolean> => {
    try {
      await attempt(candidates.slice(0, count), new Map())
      return false
    } catch {
      return true
    } finally {
      await client.query('rollback to savepoint batch')
    }
  }
  let low = 0
  let high = candidates.length
  if (high === 0 || !(await fails(high))) throw error
  // The shortest prefix that fails ends in the fact at fault.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (await fails(middle)) high = middle
    else low = middle
  }
  parked.set(candidates[high - 1]!.position, error instanceof Error ? error.message : String(error))
}
