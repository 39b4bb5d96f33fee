// Counts what the door refuses, in memory, and writes the sums into the log as one fact now and then: whoever floods us with refused requests
// adds a few kilobytes every ten seconds, whatever he sends. Soon after a quiet time, so that a setup page can say what is wrong.

import type pg from 'pg'
import type { Logger } from 'pino'
import type { RecordedOutcome, RecordedOutcomes } from '../../core/outcome.ts'
import type { Appender } from '../log/batcher.ts'
import { compressForLog } from '../sdk/compress.ts'

/** `project`, of the path or of the key, need not exist; `reason` is of a fixed vocabulary; `detail` holds nothing secret of the request. */
export type NewOutcome = Omit<RecordedOutcome, 'lastSeen'>

export type OutcomeRecorder = {
  record(outcome: NewOutcome): void
  /** Writes what there is. What cannot be written is lost. */
  close(): Promise<void>
}

/** A fact holds 1,000. Beyond this many, outcomes count for no project; those are bounded by the vocabulary to about 200. */
const maxEntries = 700
const quickMs = 200
const slowMs = 10_000

export function createOutcomeRecorder(pool: pg.Pool, appender: Appender, log: Logger): OutcomeRecorder {
  let entries: Sums = new Map()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  let lastWrite = -Infinity
  let delay = quickMs

  /** After each write twice as long, up to ten seconds; quickly again after ten quiet ones. */
  function schedule(): void {
    if (timer !== undefined || writing !== undefined || entries.size === 0) return
    delay = performance.now() - lastWrite > slowMs ? quickMs : Math.min(2 * delay, slowMs)
    timer = setTimeout(write, delay)
  }

  function write(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const taken = entries
    entries = new Map()
    writing = store(taken)
      .catch((error: unknown) => {
        log.debug({ err: error }, 'outcomes could not be recorded yet')
        for (const entry of taken.values()) addOutcome(entries, entry)
      })
      .then(() => {
        lastWrite = performance.now()
        writing = undefined
        schedule()
      })
    return writing
  }

  async function store(taken: Sums): Promise<void> {
    const existing = await findProjects(pool, taken)
    const known: Sums = new Map()
    for (const entry of taken.values()) addOutcome(known, entry.project !== null && existing.has(entry.project) ? entry : { ...entry, project: null })
    const recorded: RecordedOutcomes = { entries: [...known.values()] }
    const stored = await compressForLog(Buffer.from(JSON.stringify(recorded)))
    const appending = appender.append([{ projectId: null, type: 'outcomes.recorded', actor: 'system:door', remoteAddr: null, sdk: null, eventId: null, meta: {}, ...stored }])
    if (appending === null) throw new Error('the buffer of the log is full')
    await appending
  }

  return {
    record(outcome) {
      addOutcome(entries, { ...outcome, lastSeen: new Date().toISOString() })
      schedule()
    },
    async close() {
      await writing
      if (entries.size > 0) await write()
      clearTimeout(timer)
      if (entries.size > 0) log.warn({ entries: entries.size }, 'outcomes of refused requests could not be recorded')
    },
  }
}

type Sums = Map<string, RecordedOutcome>

function addOutcome(sums: Sums, entry: RecordedOutcome): void {
  const key = `${entry.project}/${entry.category}/${entry.outcome}/${entry.reason}`
  const same = sums.get(key)
  if (same !== undefined) {
    same.quantity += entry.quantity
    if (entry.lastSeen >= same.lastSeen) Object.assign(same, { detail: entry.detail, sdk: entry.sdk, lastSeen: entry.lastSeen })
  } else if (entry.project !== null && sums.size >= maxEntries) addOutcome(sums, { ...entry, project: null })
  else sums.set(key, { ...entry })
}

/** Nobody from outside makes rows for projects that there are not. */
async function findProjects(pool: pg.Pool, sums: Sums): Promise<Set<number>> {
  const named = new Set([...sums.values()].flatMap(({ project }) => project ?? []))
  if (named.size === 0) return new Set()
  const { rows } = await pool.query<{ id: number }>('select id from project where id = any($1::bigint[])', [[...named]])
  return new Set(rows.map(({ id }) => id))
}
