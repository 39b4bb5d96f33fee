// The fold as jobs.ts sees it: a thread (fold-thread.ts) that is told to drain the log and says when it has. A fact that
// brings the thread down, by taking all its memory, does not bring the server down: the next call starts another thread.

import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import type { FoldOrder, FoldReport } from './fold-thread.ts'

export type Folding = {
  /** Resolves when nothing is left to fold, or after about `forMs`. Rejects when the thread ended. One call at a time. */
  drain(forMs: number): Promise<void>
  /** Ends the batch in hand, then resolves. */
  stop(): Promise<void>
}

// A small young generation: with V8's own the process grows by a third under load, for a twentieth of the speed.
const resourceLimits = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 512 }

export function startFolding(databaseUrl: string, log: Logger): Folding {
  let thread: Worker | undefined
  let waiting: PromiseWithResolvers<void> | undefined

  function start(): Worker {
    const started = new Worker(new URL('fold-thread.ts', import.meta.url), { workerData: { databaseUrl }, resourceLimits, name: 'fold' })
    started.on('message', (report: FoldReport) => {
      if (report === 'drained') waiting?.resolve()
      else if ('failed' in report) log.error({ err: report.failed }, 'folding failed; trying again')
      else log.error(report, 'facts were parked: see the table "parked"')
    })
    started.on('error', (error) => log.error({ err: error }, 'the thread that folds failed'))
    started.on('exit', () => {
      thread = undefined
      waiting?.reject(new Error('the thread that folds ended'))
    })
    return started
  }

  function order(message: FoldOrder): void {
    thread ??= start()
    thread.postMessage(message)
  }

  return {
    drain(forMs) {
      waiting = Promise.withResolvers()
      order({ drainForMs: forMs })
      return waiting.promise
    },
    async stop() {
      if (!thread) return
      const ended = new Promise((resolve) => thread!.once('exit', resolve))
      order('stop')
      await ended
    },
  }
}
