// Public key -> what the door must know of its project: settings and quotas. All keys are read at the start, and all are read again within
// about a second of the fold of a decision: no request waits for the database but with a key that was never seen. Bounded against floods of
// random keys, and good for as long as the database is away.
import type pg from 'pg'
import { readSettings, type ProjectSettings } from '../../core/project/settings.ts'
import { listQuotas, type AppliedQuota } from '../../core/quota/apply.ts'
import { quotas } from '../../core/quota/quota.ts'

export type KnownKey = {
  id: number
  projectId: number
  isActive: boolean
  settings: ProjectSettings
  /** Of the key, its project and the installation. */
  quotas: AppliedQuota[]
}

/** Rejects when the key is not known and cannot be read now. */
export type FindKey = (publicKey: string) => Promise<KnownKey | null> | KnownKey | null

export type KeyCache = {
  find: FindKey
  /** Resolves when nothing is read any more. */
  close(): Promise<void>
}

export type KeyCacheOptions = {
  /** How often it asks whether anything was decided. */
  refreshMs?: number
  /** How long a key stays unknown. */
  unknownMs?: number
  maxKnown?: number
  maxUnknown?: number
  /** Queries for unknown keys: at the same time, and begun in a second. */
  maxReading?: number
  maxReadsPerSecond?: number
  /** Milliseconds, steady. */
  now?: () => number
}

type Row = {
  publicKey: string
  id: number
  projectId: number
  isActive: boolean
  count: number | null
  window: number | null
  settings: string
  organizationQuotas: string | null
}
/** `key` is made of the row when it is first asked for: thousands at once would hold up requests. */
type Entry = { row: Row; key?: KnownKey }

/** A database that takes longer to answer this is as good as away. */
const timeoutMs = 3_000
const slowMs = 1_000

/** Rejects when the keys cannot be read. Of more than `maxKnown`, the newest are read, and the others with their first request. */
export async function startKeyCache(pool: pg.Pool, options: KeyCacheOptions = {}): Promise<KeyCache> {
  const { refreshMs = 1_000, unknownMs = 1_000, maxKnown = 10_000, maxUnknown = 1_000, maxReading = 20, maxReadsPerSecond = 200, now = () => performance.now() } = options
  // Before the keys, here and below: what is decided in between is then read twice, and never missed.
  let decided = await readLastDecision(pool)
  const known = new Map<string, Entry>((await readNewest(pool, maxKnown)).map((row) => [row.publicKey, { row }]))
  const unknownSince = new Map<string, number>()
  /** Queries under way for one key each, the oldest first. */
  const reading = new Map<string, { since: number; answer: Promise<KnownKey | null> }>()
  let refreshing: Promise<void> | undefined
  let refreshes = 0
  let away = false
  let second = -Infinity
  let reads = 0

  function refresh(): void {
    refreshing ??= noteAway(readChanges()).then(() => (refreshing = undefined))
  }

  async function readChanges(): Promise<void> {
    const last = await readLastDecision(pool)
    if (last === decided) return
    refreshes++
    const publicKeys = [...known.keys()]
    const rows = new Map((await readRows(pool, publicKeys)).map((row) => [row.publicKey, row]))
    for (const publicKey of publicKeys) {
      const row = rows.get(publicKey)
      const entry = known.get(publicKey)
      if (row === undefined) known.delete(publicKey)
      else if (entry && !isSame(entry.row, row)) known.set(publicKey, { row })
    }
    decided = last
  }

  function readOne(publicKey: string): Promise<KnownKey | null> {
    const running = reading.get(publicKey)
    if (running) return running.answer
    const answer = readUnknown(publicKey).finally(() => reading.delete(publicKey))
    reading.set(publicKey, { since: now(), answer })
    void noteAway(answer)
    return answer
  }

  async function readUnknown(publicKey: string): Promise<KnownKey | null> {
    const before = refreshes
    const [row] = await readRows(pool, [publicKey])
    if (row === undefined) {
      setBounded(unknownSince, publicKey, now(), maxUnknown)
      return null
    }
    const key = readKey(row)
    // A refresh that began meanwhile has left it out, and may know of a change that this row is older than.
    if (refreshes === before) setBounded(known, publicKey, { row, key }, maxKnown)
    return key
  }

  /** Known keys serve on while it is: the append decides whether a request can be answered. */
  function noteAway(answer: Promise<unknown>): Promise<unknown> {
    return answer.then(
      () => (away = false),
      () => (away = true),
    )
  }

  function mayRead(): boolean {
    if (now() - second >= 1_000) {
      second = now()
      reads = 0
    }
    return reading.size < maxReading && reads++ < maxReadsPerSecond
  }

  function isAway(): boolean {
    const [oldest] = reading.values()
    return away || (oldest !== undefined && now() - oldest.since > slowMs)
  }

  const timer = setInterval(refresh, refreshMs).unref()

  return {
    find(publicKey) {
      const entry = known.get(publicKey)
      if (entry) return (entry.key ??= readKey(entry.row))
      const since = unknownSince.get(publicKey)
      if (since !== undefined && now() - since < unknownMs) return null
      if (reading.has(publicKey) || mayRead()) return readOne(publicKey)
      // A flood. Nearly all of it is made up, and none of it may take a connection from those who read.
      return isAway() ? Promise.reject(new Error('keys cannot be read at the moment')) : null
    },
    async close() {
      clearInterval(timer)
      await refreshing
    },
  }
}

/** Position of the newest decision that the fold has passed; null = none. Text: only compared. */
async function readLastDecision(pool: pg.Pool): Promise<string | null> {
  const query = {
    name: 'find_last_decision',
    text: `select max(position) as position from log where kind = 'd' and position <= (select position from checkpoint where name = 'main')`,
    query_timeout: timeoutMs,
  }
  const { rows } = await pool.query<{ position: string | null }>(query)
  return rows[0]!.position
}

const selectRows = `
  select k.public_key as "publicKey", k.id, k.project_id as "projectId", k.is_active as "isActive", k.rate_limit_count as count,
         k.rate_limit_window as window, p.settings, (select quotas from organization_settings) as "organizationQuotas"
  from project_key k join project p on p.id = k.project_id`

/** The newest last: the oldest are forgotten first. */
async function readNewest(pool: pg.Pool, max: number): Promise<Row[]> {
  const { rows } = await pool.query<Row>(`${selectRows} order by k.id desc limit $1`, [max])
  return rows.toReversed()
}

async function readRows(pool: pg.Pool, publicKeys: string[]): Promise<Row[]> {
  const query = { name: 'find_project_keys', text: `${selectRows} where k.public_key = any($1::text[])`, values: [publicKeys], query_timeout: timeoutMs }
  const { rows } = await pool.query<Row>(query)
  return rows
}

function readKey({ id, projectId, isActive, count, window, settings: text, organizationQuotas }: Row): KnownKey {
  const settings = readSettings(text)
  const rateLimit = count === null || window === null ? null : { count, window }
  const organization = organizationQuotas === null ? [] : quotas.parse(JSON.parse(organizationQuotas))
  return { id, projectId, isActive, settings, quotas: listQuotas({ keyId: id, rateLimit, projectId, project: settings.quotas, organization }) }
}

function isSame(a: Row, b: Row): boolean {
  return (Object.keys(a) as (keyof Row)[]).every((name) => a[name] === b[name])
}

/** Forgets the oldest entry beyond `max`. */
function setBounded<V>(map: Map<string, V>, key: string, value: V, max: number): void {
  map.delete(key)
  if (map.size >= max) map.delete(map.keys().next().value!)
  map.set(key, value)
}
