// The thread that builds one generation, beside the one that answers requests; another decodes for it. Started by jobs.ts; its connection
// is its own.

import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { openFoldPool } from '../fold-pool.ts'
import { buildGeneration, setFailed, type BuildEnd } from './building.ts'
import { createPageReader } from './reader.ts'

export type BuildOrder = { databaseUrl: string; generation: number }
/** `trying`: it failed and will be tried again. */
export type BuildReport = { end: BuildEnd } | { trying: string }

const port = parentPort!
const { databaseUrl, generation } = workerData as BuildOrder
const stopping = new AbortController()
const pool = openFoldPool(databaseUrl)
const reader = createPageReader(databaseUrl)
/** Then it fails for good, if the database can be told so: else it goes on once that is back. */
const mostTries = 8
const shortestPauseMs = 100

port.once('message', () => stopping.abort())
port.postMessage({ end: await build() } satisfies BuildReport)
await reader.stop()
await pool.end()
port.close()

async function build(): Promise<BuildEnd> {
  for (let tries = 1; ; tries++) {
    try {
      return await buildGeneration(pool, generation, { signal: stopping.signal, read: reader.read, onStep: () => (tries = 0) })
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      port.postMessage({ trying: text } satisfies BuildReport)
      if (tries >= mostTries) {
        await setFailed(pool, generation, text)
        return 'failed'
      }
      await sleep(shortestPauseMs * 2 ** tries, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
}
