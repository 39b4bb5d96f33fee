// The counters of this process, which the door counts against in memory, and what it tells other processes and its own next start about
// them: a timer adds to `quota_usage` and reads the totals. Never in the path of a request, and a database that is away changes nothing.

import type pg from 'pg'
import type { Logger } from 'pino'
import type { AppliedQuota } from '../../core/quota/apply.ts'
import { admitItems, findLimits, type ActiveLimit, type Counter, type Counters } from '../../core/quota/count.ts'

export type QuotaUsage = {
  /** Counts the items that may come in. */
  admit(categories: readonly string[], quotas: readonly AppliedQuota[]): Admission
  /** Saves what is not saved yet. */
  close(): Promise<void>
}

export type Admission = {
  /** For each item the quota that refuses it, or null; null when all may come in. */
  refused: (AppliedQuota | null)[] | null
  /** The quotas that are used up now. */
  limits: ActiveLimit[]
}

export type UsageOptions = {
  /** Seconds since 1970. */
  now?: () => number
  saveMs?: number
}

/** Seconds. Shorter windows are over before others have heard of them. */
const worthSaving = 30

export function createQuotaUsage(pool: pg.Pool, log: Logger, { now = readClock, saveMs = 3_000 }: UsageOptions = {}): QuotaUsage {
  const counters: Counters = new Map()
  let saving: Promise<void> | undefined
  let reachable = true

  function save(): Promise<void> {
    saving ??= exchange()
      .then(() => (reachable = true))
      .catch((error: unknown) => {
        if (reachable) log.warn({ err: error }, 'the use of quotas cannot be saved; until it can, each process counts for itself')
        reachable = false
      })
      .then(() => (saving = undefined))
    return saving
  }

  async function exchange(): Promise<void> {
    const ended = forgetEnded(counters, now())
    const shared = [...counters].filter(([, counter]) => counter.seconds >= worthSaving)
    if (shared.length > 0) {
      await addUnsaved(pool, shared.filter(([, counter]) => counter.unsaved > 0))
      takeTotals(counters, await readTotals(pool, shared.map(([id]) => id)))
    }
    if (ended) await pool.query('delete from quota_usage where (started + 1) * seconds < extract(epoch from now()) - 60')
  }

  readTotals(pool, null).then(
    (totals) => takeTotals(counters, totals),
    (error: unknown) => log.warn({ err: error }, 'the use of quotas before this start could not be read'),
  )
  const timer = setInterval(save, saveMs)
  timer.unref()

  return {
    admit(categories, quotas) {
      const time = now()
      return { refused: admitItems(categories, quotas, counters, time), limits: findLimits(quotas, counters, time) }
    },
    async close() {
      clearInterval(timer)
      await saving
      await save()
    },
  }
}

/** The system's clock when the process began and a steady one since: setting the clock back extends no limit (case 98). */
function readClock(): number {
  return (performance.timeOrigin + performance.now()) / 1000
}

function forgetEnded(counters: Counters, now: number): boolean {
  let ended = false
  for (const [id, counter] of counters) if ((counter.window + 1) * counter.seconds <= now) ended = counters.delete(id)
  return ended
}

async function addUnsaved(pool: pg.Pool, changed: [id: string, counter: Counter][]): Promise<void> {
  if (changed.length === 0) return
  // In one order everywhere, or two processes would wait for each other's rows.
  const rows = changed.map(([id, counter]) => ({ id, counter, added: counter.unsaved })).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  // Given back when it fails: what is counted meanwhile belongs to the next time.
  for (const { counter, added } of rows) counter.unsaved -= added
  try {
    await pool.query({
      name: 'add_quota_usage',
      text: `insert into quota_usage as total (quota, started, seconds, used)
             select quota, started, seconds, used from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) as u (quota, started, seconds, used)
             on conflict (quota, started) do update set used = total.used + excluded.used`,
      values: [rows.map(({ id }) => id), rows.map(({ counter }) => counter.window), rows.map(({ counter }) => counter.seconds), rows.map(({ added }) => added)],
    })
  } catch (error) {
    for (const { counter, added } of rows) counter.unsaved += added
    throw error
  }
}

type Total = { quota: string; started: string; seconds: string; used: string }

/** Of windows that are not over; `ids` null = of all. */
async function readTotals(pool: pg.Pool, ids: string[] | null): Promise<Total[]> {
  const { rows } = await pool.query<Total>({
    name: 'read_quota_usage',
    text: `select quota, started, seconds, used from quota_usage
           where ($1::text[] is null or quota = any($1)) and (started + 1) * seconds > extract(epoch from now())`,
    values: [ids],
  })
  return rows
}

function takeTotals(counters: Counters, totals: Total[]): void {
  for (const { quota, started, seconds, used } of totals) {
    const window = Number(started)
    const counter = counters.get(quota)
    if (counter === undefined) counters.set(quota, { window, seconds: Number(seconds), used: Number(used), unsaved: 0 })
    // Never less than was accepted here: a total may have been read before the last addition to it.
    else if (counter.window === window) counter.used = Math.max(counter.used, Number(used) + counter.unsaved)
  }
}
