// Between the sockets and the append: the head row limits transactions, not facts, so envelopes that arrive together are
// appended together. The first envelope of a quiet moment goes at once; while a batch is on its way the next one fills.

import { isDataError, type NewEnvelope } from './append.ts'
import type { Received, Stored } from './storage.ts'

export type { NewEnvelope } from './append.ts'

export type Appender = {
  /** Resolves when the envelopes are on disk: with their positions after the commit, or 'spooled'. Rejects when they are not. Null = the buffer is full, say so to the SDK. */
  append(envelopes: NewEnvelope[]): Promise<Stored> | null
  /** Stores what is buffered, then resolves. `append` answers null from here on. */
  close(): Promise<void>
}

type Waiting = Received & { bytes: number; resolve: (stored: Stored) => void; reject: (error: unknown) => void }

export type BatchLimits = {
  facts: number
  bytes: number
  /** How long a batch may fill while another one is on its way. */
  lingerMs: number
  inFlight: number
  bufferedBytes: number
  bufferedFacts: number
}

/** 250 facts, 1 MB or 5 ms, two in flight (architecture 3); 32 MB buffered is what a small machine can lose without swapping. */
export const defaultLimits: BatchLimits = { facts: 250, bytes: 1_000_000, lingerMs: 5, inFlight: 2, bufferedBytes: 32_000_000, bufferedFacts: 20_000 }

/** `store` puts a batch on disk; it may be called for a second batch before the first is done. */
export function createAppender(store: (batch: readonly Received[]) => Promise<Stored>, limits: BatchLimits = defaultLimits): Appender {
  let waiting: Waiting[] = []
  let waitingFacts = 0
  let waitingBytes = 0
  let heldFacts = 0
  let heldBytes = 0
  let inFlight = 0
  let timer: NodeJS.Timeout | undefined
  let scheduled = false
  let closed: (() => void) | undefined
  let closing = false

  function schedule(): void {
    if (waiting.length === 0 || inFlight >= limits.inFlight) return
    if (closing || waitingFacts >= limits.facts || waitingBytes >= limits.bytes) return flush()
    if (inFlight > 0) {
      timer ??= setTimeout(flush, limits.lingerMs)
    } else if (!scheduled) {
      scheduled = true
      setImmediate(() => {
        scheduled = false
        flush()
      })
    }
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0 || inFlight >= limits.inFlight) return
    let facts = 0
    let bytes = 0
    let taken = 0
    for (const entry of waiting) {
      if (taken > 0 && (facts + entry.envelopes.length > limits.facts || bytes + entry.bytes > limits.bytes)) break
      facts += entry.envelopes.length
      bytes += entry.bytes
      taken++
    }
    const batch = waiting.slice(0, taken)
    waiting = waiting.slice(taken)
    waitingFacts -= facts
    waitingBytes -= bytes
    inFlight++
    void send(batch).finally(() => {
      inFlight--
      heldFacts -= facts
      heldBytes -= bytes
      schedule()
      if (inFlight === 0 && waiting.length === 0) closed?.()
    })
    schedule()
  }

  async function send(batch: Waiting[]): Promise<void> {
    try {
      const stored = await store(batch)
      let from = 0
      for (const entry of batch) entry.resolve(stored === 'spooled' ? stored : stored.slice(from, (from += entry.envelopes.length)))
    } catch (error) {
      // One envelope of the batch is at fault, and the others must not be lost with it.
      if (batch.length > 1 && isDataError(error)) for (const entry of batch) await send([entry])
      else for (const entry of batch) entry.reject(error)
    }
  }

  return {
    append(envelopes) {
      const bytes = envelopes.reduce((sum, envelope) => sum + envelope.payload.byteLength, 0)
      if (closing || heldFacts + envelopes.length > limits.bufferedFacts || heldBytes + bytes > limits.bufferedBytes) return null
      heldFacts += envelopes.length
      heldBytes += bytes
      waitingFacts += envelopes.length
      waitingBytes += bytes
      return new Promise((resolve, reject) => {
        waiting.push({ envelopes, receivedAt: Date.now(), bytes, resolve, reject })
        schedule()
      })
    },
    close() {
      closing = true
      return new Promise((resolve) => {
        if (inFlight === 0 && waiting.length === 0) return resolve()
        closed = resolve
        schedule()
      })
    },
  }
}
