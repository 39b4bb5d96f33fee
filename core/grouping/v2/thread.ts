// Which thread crashed (grouping.md 3.1).

import { readFrames, readThreads, type JsonObject } from '../front.ts'

/** The only one that crashed, else the only current one, else the only one. */
export function pickThread(event: JsonObject): JsonObject | undefined {
  const threads = readThreads(event)
  return pickOnly(threads.filter((thread) => thread.crashed === true)) ?? pickOnly(threads.filter((thread) => thread.current === true)) ?? pickOnly(threads)
}

function pickOnly(threads: JsonObject[]): JsonObject | undefined {
  return threads.length === 1 ? threads[0] : undefined
}

/** The frames of the crashed thread; none if it has none or there is no such thread. */
export function readThreadFrames(event: JsonObject): JsonObject[] {
  const thread = pickThread(event)
  return thread ? readFrames(thread) : []
}
