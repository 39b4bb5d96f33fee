// Where a batch goes: into the log, and to disk while the database is away. From the first batch that the database did not
// take, all go to the spool, so that what was answered first is appended first; meanwhile the spool is replayed as far as the
// database lets us. With little left, new batches wait in memory for it, and then go into the log again.

import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Logger } from 'pino'
import { appendEnvelopes, isDataError, makePartitions, type NewEnvelope } from './append.ts'
import { replayBatches } from './replay.ts'
import type { Batch } from './spool/batch.ts'
import { SpoolRefusedError, type Spool } from './spool/spool.ts'

/** Envelopes of one request. `receivedAt` = Unix ms. */
export type Received = { envelopes: NewEnvelope[]; receivedAt: number }

/** Positions in the log, or on disk and appended later. */
export type Stored = number[] | 'spooled'

export type Storage = {
  /** Rejects with the database's error when that is about the data (`isDataError`), with SpoolRefusedError when neither takes the batch. */
  store(batch: readonly Received[]): Promise<Stored>
  /** `records` envelopes of `bytes` wait on disk. */
  status(): { mode: 'direct' | 'spooling'; records: number; bytes: number }
  /** Nothing may be stored any more. What waits on disk stays there for the next start. */
  close(): Promise<void>
}

export type StorageDeps = {
  pool: pg.Pool
  spool: Spool
  log: Logger
  /** Called after each commit with its last position: the moment to wake the fold. */
  onAppended: (position: number) => void
}

/** An append that takes longer is in doubt and goes to the spool: 3 s, and what 4 MB/s would need. */
const directMs = (bytes: number): number => 3_000 + bytes / 4_000
const pausesMs = { first: 250, longest: 5_000 }
/** With no more than this to replay, new batches wait for it: well below a second. */
const nearlyEmptyBytes = 8_000_000
/** As in a batch of the batcher. */
const replayed = { facts: 250, bytes: 1_000_000 }
/** Processes that share the disk may die at any time. */
const adoptEveryMs = 15_000

/** Takes over what an earlier process left on disk and replays it before anything new goes into the log directly. */
export async function startStorage({ pool, spool, log, onAppended }: StorageDeps): Promise<Storage> {
  let mode: 'direct' | 'spooling' = 'direct'
  /** Settles when the last of the spool is in the log, or when that failed. */
  let returning: PromiseWithResolvers<void> | undefined
  let refusedAt = Number.NEGATIVE_INFINITY
  let drained: Promise<void> | undefined
  const stop = new AbortController()

  async function store(received: readonly Received[]): Promise<Stored> {
    await returning?.promise
    const id = randomUUIDv7() // in order of time: the index on ids grows at its end
    if (mode === 'direct') {
      const envelopes = received.flatMap((entry) => entry.envelopes)
      try {
        const positions = await appendEnvelopes(pool, envelopes, { ids: [id], timeoutMs: directMs(sumBytes(envelopes)) })
        onAppended(positions.at(-1)!)
        return positions
      } catch (error) {
        if (isDataError(error)) throw error
        leaveDirect(error)
      }
    }
    const envelopes = received.flatMap(({ envelopes, receivedAt }) => envelopes.map((envelope) => ({ ...envelope, recordedAt: new Date(receivedAt) })))
    try {
      await spool.append({ id, envelopes })
    } catch (error) {
      complain(error)
      throw error
    }
    return 'spooled'
  }

  /** Once, and then once a minute: there may be thousands a second. */
  function complain(error: unknown): void {
    if (performance.now() - refusedAt < 60_000) return
    refusedAt = performance.now()
    log.error({ err: error }, `envelopes are refused with 503: the database is away, and ${error instanceof SpoolRefusedError ? error.message : 'the spool failed'}`)
  }

  function leaveDirect(error: unknown): void {
    if (mode === 'spooling') return
    mode = 'spooling'
    log.warn({ err: error }, 'the database is away or too slow: envelopes are kept on disk and appended when it is back')
    drained = drain(pausesMs.first)
  }

  async function drain(firstPause: number): Promise<void> {
    const since = performance.now()
    let failures = 0
    for (let pause = firstPause; !stop.signal.aborted; ) {
      if (pause > 0) await sleep(pause, undefined, { signal: stop.signal }).catch(() => undefined)
      try {
        if (spool.isEmpty()) await probe()
        while (!stop.signal.aborted && !spool.isEmpty()) {
          await replayFile(failures)
          failures = 0
          if (spool.status().bytes <= nearlyEmptyBytes) returning ??= Promise.withResolvers()
        }
        if (!stop.signal.aborted) {
          mode = 'direct'
          refusedAt = Number.NEGATIVE_INFINITY
          log.info({ seconds: Math.round((performance.now() - since) / 1000) }, 'the database is back: all that was kept on disk is in the log')
          return
        }
      } catch (error) {
        log.debug({ err: error }, 'the database is still away')
        pause = Math.min(pausesMs.first * 2 ** failures++, pausesMs.longest)
      } finally {
        returning?.resolve()
        returning = undefined
      }
    }
  }

  /** With nothing to replay: would an append go through? Rejects if not. */
  async function probe(): Promise<void> {
    await makePartitions(pool)
    await pool.query('update log_head set position = position')
  }

  let taken: Awaited<ReturnType<Spool['take']>>

  /** The oldest file, from where it failed the last time. Each failure gives the next try more time. */
  async function replayFile(failures: number): Promise<void> {
    taken ??= await spool.take()
    if (!taken) return
    const { batches } = taken
    while (batches.length > 0 && !stop.signal.aborted) {
      const group = firstBatches(batches)
      const timeoutMs = Math.min(3, 1 + failures) * directMs(sumBytes(group.flatMap((batch) => batch.envelopes)))
      const position = await replayBatches(group, { pool, timeoutMs, refuse })
      if (position > 0) onAppended(position)
      batches.splice(0, group.length)
    }
    if (batches.length > 0) return
    await taken.remove()
    taken = undefined
  }

  async function refuse(batch: Batch, error: unknown): Promise<void> {
    const file = await spool.setAside(batch).catch((failure: unknown) => `nowhere, for ${String(failure)}`)
    log.error({ err: error, file, project: batch.envelopes[0]!.projectId }, 'the database refuses an envelope for what is in it; it is set aside')
  }

  /** What dead processes left. */
  async function adopt(): Promise<void> {
    const files = await spool.adopt().catch((error: unknown) => {
      log.warn({ err: error }, 'what an earlier process may have left on disk cannot be read')
      return 0
    })
    if (files === 0) return
    log.warn({ files, ...spool.status() }, 'an earlier process left envelopes on disk; they are appended now')
    if (mode === 'spooling') return
    mode = 'spooling'
    drained = drain(0)
  }

  await adopt()
  const adopting = setInterval(() => void adopt(), adoptEveryMs).unref()

  return {
    store,
    status: () => ({ mode, ...spool.status() }),
    async close() {
      clearInterval(adopting)
      stop.abort()
      await drained
      await spool.close()
    },
  }
}

/** As many as make one append; at least one. */
function firstBatches(batches: readonly Batch[]): Batch[] {
  let facts = 0
  let bytes = 0
  const end = batches.findIndex(({ envelopes }, index) => {
    facts += envelopes.length
    bytes += sumBytes(envelopes)
    return index > 0 && (facts > replayed.facts || bytes > replayed.bytes)
  })
  return end < 0 ? [...batches] : batches.slice(0, end)
}

function sumBytes(envelopes: readonly NewEnvelope[]): number {
  return envelopes.reduce((sum, envelope) => sum + envelope.payload.byteLength, 0)
}
