// The thread that reads and decodes for one that folds a generation: decoding is a third of the work, and there is a second core.
// Started by reader.ts, which asks for a page and gets it packed. Its connection is its own.

import { parentPort, workerData } from 'node:worker_threads'
import { openFoldPool } from '../fold-pool.ts'
import { createPacker, type Packed } from './packing.ts'
import { decodePart, readPart, type Page, type PageAsked, type Part } from './pages.ts'

export type PageAnswer = (Omit<Page, 'facts'> & { packed: Packed }) | { failed: string }

const port = parentPort!
const pool = openFoldPool((workerData as { databaseUrl: string }).databaseUrl)
/** Read at once: bounds the memory. The database reads one while the one before is decoded. */
const partLimit = 128
const partBytes = 2_000_000

port.on('message', (asked: PageAsked | 'stop') => {
  if (asked === 'stop') void pool.end().then(() => port.close())
  else void answer(asked)
})

async function answer(asked: PageAsked): Promise<void> {
  try {
    const page = await readParts(asked)
    const { packed } = page
    port.postMessage(page satisfies PageAnswer, [packed.rows.buffer as ArrayBuffer, packed.tagsOf.buffer as ArrayBuffer])
  } catch (error) {
    port.postMessage({ failed: error instanceof Error ? error.message : String(error) } satisfies PageAnswer)
  }
}

async function readParts(asked: PageAsked): Promise<Omit<Page, 'facts'> & { packed: Packed }> {
  const packer = createPacker(asked.projectId)
  const parked = new Map<number, string>()
  let { settings, after: position } = asked
  let count = 0
  const read = (after: number): Promise<Part> => readPart(pool, { ...asked, after, limit: partLimit, maxBytes: partBytes })
  for (let next: Promise<Part> | undefined = read(position); next; ) {
    const part: Part = await next
    count += part.facts.length
    next = count < asked.limit && part.position < asked.upTo ? read(part.position) : undefined
    next?.catch(() => undefined) // told when it is waited for
    const decoded = await decodePart(pool, { ...asked, settings }, part)
    packer.add(decoded.facts)
    for (const [at, why] of decoded.parked) parked.set(at, why)
    ;({ settings, position } = decoded)
  }
  return { packed: packer.finish(), parked, settings, position }
}
