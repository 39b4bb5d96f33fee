// The fold as jobs.ts sees it. A few facts are folded here, at once: a quiet server needs no more. For many there is a thread
// (fold-thread.ts) that is told to drain the log and says when it has. A fact that brings the thread down, by taking all its
// memory, does not bring the server down: the next call starts another thread.

import { Worker } from 'node:worker_threads'
import type pg from 'pg'
import type { Logger } from 'pino'
import { advance } from './advance.ts'
import { openFoldPool } from './fold-pool.ts'
import type { FoldOrder, FoldReport } from './fold-thread.ts'

export type Folding = {
  /** Resolves when nothing is left to fold, or after about `forMs`. Rejects when the thread ended. One call at a time. */
  drain(forMs: number): Promise<void>
  /** Ends the batch in hand, then resolves. */
  stop(): Promise<void>
}

// A small young generation: with V8's own the process grows by a third under load, for a twentieth of the speed.
const resourceLimits = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 512 }

/** A thread takes longer to start than these take to fold, and nobody notices the milliseconds. */
const fewFacts = 50

/** Without work for this long the thread ends, and gives its 30 MB back. */
const idleMs = 30_000

export function startFolding({ databaseUrl, pool, log }: { databaseUrl: string; pool: pg.Pool; log: Logger }): Folding {
  let thread: Worker | undefined
  let waiting: PromiseWithResolvers<void> | undefined
  let idle: NodeJS.Timeout | undefined
  let stopped = false
  let folding: Promise<boolean> | undefined
  const own = openFoldPool(databaseUrl)

  /** False when there is more than a few, or the database has trouble: the thread's turn, which knows how to wait. */
  async function foldFew(): Promise<boolean> {
    try {
      for (;;) {
        const behind = await countBehind(pool)
        if (behind === 0 || stopped) return true
        if (behind > fewFacts) return false
        const { parked, position, busy } = await advance(own, { limit: fewFacts })
        if (parked > 0) log.error({ parked, position }, 'facts were parked: see the table "parked"')
        if (busy) return false
      }
    } catch (error) {
      log.warn({ err: error }, 'folding failed; trying again')
      return false
    }
  }

  function start(): Worker {
    const started = new Worker(new URL('fold-thread.ts', import.meta.url), { workerData: { databaseUrl }, resourceLimits, name: 'fold' })
    started.on('message', (report: FoldReport) => {
      if (report === 'drained') waiting?.resolve()
      else if ('failed' in report) log.error({ err: report.failed }, 'folding failed; trying again')
      else log.error(report, 'facts were parked: see the table "parked"')
    })
    started.on('error', (error) => log.error({ err: error }, 'the thread that folds failed'))
    started.on('exit', () => {
      if (thread !== started) return
      thread = undefined
      waiting?.reject(new Error('the thread that folds ended'))
    })
    return started
  }

  /** Who calls `drain` from now on gets another thread: this one takes no more orders. */
  async function end(): Promise<void> {
    clearTimeout(idle)
    const ending = thread
    if (!ending) return
    thread = undefined
    const ended = new Promise((resolve) => ending.once('exit', resolve))
    ending.postMessage('stop' satisfies FoldOrder)
    await ended
    waiting?.resolve()
  }

  return {
    async drain(forMs) {
      if (!thread) {
        folding = foldFew()
        if ((await folding) || stopped) return
      }
      clearTimeout(idle)
      waiting = Promise.withResolvers()
      thread ??= start()
      thread.postMessage({ drainForMs: forMs } satisfies FoldOrder)
      await waiting.promise
      idle = setTimeout(() => void end(), idleMs)
      idle.unref()
    },
    async stop() {
      stopped = true
      await folding
      await end()
      await own.end()
    },
  }
}

async function countBehind(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ behind: number }>('select (h.position - c.position)::float8 as behind from log_head h, checkpoint c')
  return rows[0]!.behind
}
