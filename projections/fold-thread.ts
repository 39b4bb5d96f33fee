// The thread that folds, beside the one that takes in: decoding keeps a core busy, and an SDK's request must not wait for it.
// Started by folding.ts, which tells it when; answers how it went. Its connection is its own.

import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { createFolder } from './advance.ts'
import { openFoldPool } from './fold-pool.ts'

export type FoldOrder = { drainForMs: number } | 'stop'
export type FoldReport = { parked: number; position: number } | { failed: string } | 'drained'

const port = parentPort!
const pool = openFoldPool((workerData as { databaseUrl: string }).databaseUrl)
const folder = createFolder(pool)
const stopping = new AbortController()
let draining: Promise<void> | undefined

port.on('message', (order: FoldOrder) => {
  if (order === 'stop') void stop()
  else draining = drain(order.drainForMs).then(() => report('drained'))
})

function report(message: FoldReport): void {
  port.postMessage(message)
}

async function stop(): Promise<void> {
  stopping.abort()
  await draining
  await pool.end()
  port.close()
}

/** Folds until nothing is left or the time is over. */
async function drain(forMs: number): Promise<void> {
  const until = performance.now() + forMs
  let pause = 100
  for (let busy = 0; !stopping.signal.aborted && performance.now() < until; ) {
    try {
      const step = await folder.step()
      if (step.parked > 0) report({ parked: step.parked, position: step.position })
      if (step.folded > 0) busy = 0
      // Another process folds, perhaps in its last look at the log, which was before our facts: look again shortly.
      else if (step.busy && busy++ < 10) await sleep(50)
      else return
      pause = 100
    } catch (error) {
      report({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      await sleep(pause)
      pause = Math.min(pause * 2, 5_000)
    }
  }
}
