// Waiting for what another process or a job brings about.

import { setTimeout as sleep } from 'node:timers/promises'

/** Asks until `find` answers something; the last answer counts. Throws after `withinMs`. */
export async function eventually<T>(withinMs: number, what: string, find: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const found = await find()
    if (found !== undefined) return found
    if (performance.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms`)
    await sleep(25)
  }
}
