// What stands behind positions of one minified file, by the source map that was uploaded for it. Answers are kept, maps are not: one is
// read, walked and forgotten in a thread beside, one map at a time, so that none can take the memory or the time of everything else.

import { Worker } from 'node:worker_threads'
import type { Pool } from 'pg'
import type { MinifiedPosition, OriginalPosition } from '../../core/artifact/map-positions.ts'
import { keyOf } from '../../core/artifact/minified.ts'
import { BundleError, unpackEntry } from '../../core/artifact/zip.ts'
import type { MapAnswer, MapAsked } from './map-thread.ts'
import { readRange, type BundledFile, type FoundMap } from './queries.ts'

/** One per position; or, as a sentence, why the map is of no use. */
export type Originals = (OriginalPosition | null)[] | { problem: string }

const timeLimitMs = 10_000
const resourceLimits = { maxOldGenerationSizeMb: 512 }
/** In characters of JSON: what the answers kept may take. */
const keptLimit = 16_000_000

/** What a busy machine could not do in time is tried again after this. */
const problemMs = 600_000

type Answer = OriginalPosition | null | { problem: string; until: number }

/** Least recently used first. A file of an artifact never changes, and no id is given twice. */
const kept = new Map<string, { answer: Answer; size: number }>()
let keptSize = 0
let last: Promise<unknown> = Promise.resolve()

export async function findOriginals(pool: Pool, { map, minified }: FoundMap, positions: readonly MinifiedPosition[]): Promise<Originals> {
  const name = `${map.artifact} ${map.path}`
  const keys = positions.map((position) => `${name} ${keyOf(position)}`)
  const recall = (): Originals | undefined => {
    const problem = take(name)
    if (problem && 'problem' in problem && problem.until > Date.now()) return problem
    const answers = keys.map(take)
    return answers.every((answer) => answer !== undefined) ? (answers as Exclude<Originals, { problem: string }>) : undefined
  }
  const turn = last.then(async () => {
    const known = recall()
    if (known) return known
    const asked = { map: await readFile(pool, map), minified: minified ? await readFile(pool, minified) : null, positions: [...positions] }
    const answer = await runThread(asked)
    if ('problem' in answer) keep(name, { ...answer, until: Date.now() + problemMs })
    else for (const [index, key] of keys.entries()) keep(key, answer[index] ?? null)
    return answer
  })
  last = turn.catch(() => undefined)
  try {
    return recall() ?? (await turn)
  } catch (error) {
    if (error instanceof BundleError) return { problem: error.message }
    throw error
  }
}

async function readFile(pool: Pool, { artifact, path, place }: BundledFile): Promise<Uint8Array> {
  return unpackEntry({ ...place, name: path }, await readRange(pool, artifact, place.position, place.position + place.room))
}

function runThread(asked: MapAsked): Promise<MapAnswer> {
  return new Promise((resolve) => {
    const thread = new Worker(new URL('map-thread.ts', import.meta.url), { workerData: asked, resourceLimits, name: 'source map' })
    const end = (answer: MapAnswer): void => {
      clearTimeout(deadline)
      resolve(answer)
      void thread.terminate()
    }
    const deadline = setTimeout(() => end({ problem: 'The source map takes longer than 10 s to read.' }), timeLimitMs)
    thread.once('message', end)
    thread.once('error', () => end({ problem: 'The source map needs more memory to read than it may take.' }))
    thread.once('exit', () => end({ problem: 'The source map could not be read.' }))
  })
}

function take(key: string): Answer | undefined {
  const entry = kept.get(key)
  if (entry === undefined) return undefined
  kept.delete(key)
  kept.set(key, entry)
  return entry.answer
}

function keep(key: string, answer: Answer): void {
  const size = key.length + JSON.stringify(answer).length
  keptSize += size - (kept.get(key)?.size ?? 0)
  kept.delete(key)
  kept.set(key, { answer, size })
  for (const [oldest, entry] of kept) {
    if (keptSize <= keptLimit) break
    kept.delete(oldest)
    keptSize -= entry.size
  }
}
