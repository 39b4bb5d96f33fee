// Keeps the embedded PostgreSQL running: one that ends without being asked (killed for memory, crashed) is started again on its
// port, so that every connection string stays true. What comes in meanwhile waits in the spool.

import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, startEmbeddedPostgres, type EmbeddedPostgres } from './embedded.ts'

const lookEveryMs = 1_000
const longestPauseMs = 30_000

/** `say` hears what happened, in words for the log. The answer stops for good. */
export function keepEmbeddedPostgres(first: EmbeddedPostgres, dataDir: string, say: (message: string, error?: unknown) => void): EmbeddedPostgres {
  const port = Number(new URL(first.url).port)
  const stopping = new AbortController()
  let current = first

  async function watch(): Promise<void> {
    for (let pause = lookEveryMs; !stopping.signal.aborted; await sleep(pause, undefined, { signal: stopping.signal, ref: false })) {
      if (isAlive(current.pid)) {
        pause = lookEveryMs
        continue
      }
      try {
        say('PostgreSQL has ended; starting it again')
        current = await startEmbeddedPostgres(dataDir, { port })
        say('PostgreSQL runs again')
      } catch (error) {
        say('PostgreSQL could not be started again; trying on', error)
        pause = Math.min(pause * 2, longestPauseMs)
      }
    }
  }

  const watching = watch().catch(() => undefined) // the pause was cut short
  return {
    ...first,
    async stop() {
      stopping.abort()
      await watching
      await current.stop()
    },
  }
}
