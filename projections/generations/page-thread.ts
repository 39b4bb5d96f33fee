// The thread that reads and decodes for one that folds a generation: decoding is a third of the work, and there is a second core.
// Started by reader.ts, which asks for a page and gets it packed. Its connection is its own.

import { parentPort, workerData } from 'node:worker_threads'
import { openFoldPool } from '../fold-pool.ts'
import { packFacts, type Packed } from './packing.ts'
import { readPage, type Page, type PageAsked } from './pages.ts'

export type PageAnswer = (Omit<Page, 'facts'> & { packed: Packed }) | { failed: string }

const port = parentPort!
const pool = openFoldPool((workerData as { databaseUrl: string }).databaseUrl)
/** Read at once: bounds the memory, and the database reads one while the one before is decoded. */
const partLimit = 500
const partBytes = 2_000_000

port.on('message', (asked: PageAsked | 'stop') => {
  if (asked === 'stop') void pool.end().then(() => port.close())
  else void answer(asked)
})

async function answer(asked: PageAsked): Promise<void> {
  try {
    const { facts, ...page } = await readParts(asked)
    const packed = packFacts(asked.projectId, facts)
    port.postMessage({ ...page, packed } satisfies PageAnswer, [packed.rows.buffer as ArrayBuffer, packed.tagsOf.buffer as ArrayBuffer])
  } catch (error) {
    port.postMessage({ failed: error instanceof Error ? error.message : String(error) } satisfies PageAnswer)
  }
}

async function readParts(asked: PageAsked): Promise<Page> {
  const facts: Page['facts'] = []
  const parked = new Map<number, string>()
  let { after: position, settings } = asked
  while (facts.length < asked.limit && position < asked.upTo) {
    const part = await readPage(pool, { ...asked, after: position, settings, limit: partLimit, maxBytes: partBytes })
    for (const fact of part.facts) facts.push(fact)
    for (const [at, why] of part.parked) parked.set(at, why)
    ;({ position, settings } = part)
  }
  return { facts, parked, settings, position }
}
