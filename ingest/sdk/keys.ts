// Public key -> what the door must know of its project: settings and quotas. Without a round trip for a key that was seen before; what people
// change is noticed within about a second. Bounded against floods of random keys, and good for as long as the database is away.
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

/** Rejects when the key has never been read and cannot be read now. */
export type FindKey = (publicKey: string) => Promise<KnownKey | null> | KnownKey | null

export type KeyCacheOptions = {
  /** After this a known key that is used is read again in the background; the old row serves meanwhile. */
  refreshMs?: number
  /** Older rows serve nobody while the database can be asked: what was set while a key lay idle holds for its next request. */
  trustMs?: number
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
type Entry = { key: KnownKey; row: Row; readAt: number; refreshing: boolean }

/** A database that takes longer to answer this is as good as away. */
const timeoutMs = 3_000
const slowMs = 1_000

export function createKeyCache(pool: pg.Pool, options: KeyCacheOptions = {}): FindKey {
  const { refreshMs = 1_000, trustMs = 3_000, unknownMs = 1_000, maxKnown = 10_000, maxUnknown = 1_000, maxReading = 20, maxReadsPerSecond = 200, now = () => performance.now() } = options
  const known = new Map<string, Entry>()
  const unknownSince = new Map<string, number>()
  /** Queries under way for one key each, the oldest first. */
  const reading = new Map<string, { since: number; answer: Promise<KnownKey | null> }>()
  const stale = new Set<string>()
  /** When the refresh under way was begun. */
  let refreshing: number | null = null
  let away = false
  let second = -Infinity
  let reads = 0

  function remember(publicKey: string, row: Row | undefined): KnownKey | null {
    const before = known.get(publicKey)
    known.delete(publicKey)
    unknownSince.delete(publicKey)
    if (row === undefined) {
      setBounded(unknownSince, publicKey, now(), maxUnknown)
      return null
    }
    const key = before && isSame(before.row, row) ? before.key : readKey(row)
    setBounded(known, publicKey, { key, row, readAt: now(), refreshing: false }, maxKnown)
    return key
  }

  function readOne(publicKey: string): Promise<KnownKey | null> {
    const running = reading.get(publicKey)
    if (running) return running.answer
    const answer = readRows(pool, [publicKey])
      .then(
        (rows) => {
          away = false
          return remember(publicKey, rows[0])
        },
        (error: unknown) => {
          away = true
          throw error
        },
      )
      .finally(() => reading.delete(publicKey))
    reading.set(publicKey, { since: now(), answer })
    return answer
  }

  /** One query at a time, whatever the number of keys in use. */
  async function refresh(): Promise<void> {
    while (stale.size > 0) {
      refreshing = now()
      const taken = [...stale]
      stale.clear()
      try {
        const rows = new Map((await readRows(pool, taken)).map((row) => [row.publicKey, row]))
        for (const publicKey of taken) remember(publicKey, rows.get(publicKey))
        away = false
      } catch {
        // The old rows serve on: the append decides whether a request can be answered.
        away = true
        for (const publicKey of taken) {
          const entry = known.get(publicKey)
          if (entry) Object.assign(entry, { readAt: now(), refreshing: false })
        }
      }
    }
    refreshing = null
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
    return away || now() - Math.min(oldest?.since ?? Infinity, refreshing ?? Infinity) > slowMs
  }

  return (publicKey) => {
    const entry = known.get(publicKey)
    if (entry) {
      const age = now() - entry.readAt
      if (age >= trustMs && !isAway()) return readOne(publicKey).catch(() => entry.key)
      if (age >= refreshMs && !entry.refreshing) {
        entry.refreshing = true
        stale.add(publicKey)
        if (refreshing === null) void refresh()
      }
      return entry.key
    }
    const since = unknownSince.get(publicKey)
    if (since !== undefined && now() - since < unknownMs) return null
    if (reading.has(publicKey) || mayRead()) return readOne(publicKey)
    // A flood. Nearly all of it is made up, and none of it may take a connection from those who read.
    return isAway() ? Promise.reject(new Error('keys cannot be read at the moment')) : null
  }
}

async function readRows(pool: pg.Pool, publicKeys: string[]): Promise<Row[]> {
  const query = {
    name: 'find_project_keys',
    text: `select k.public_key as "publicKey", k.id, k.project_id as "projectId", k.is_active as "isActive", k.rate_limit_count as count,
                  k.rate_limit_window as window, p.settings, (select quotas from organization_settings) as "organizationQuotas"
           from project_key k join project p on p.id = k.project_id where k.public_key = any($1::text[])`,
    values: [publicKeys],
    query_timeout: timeoutMs,
  }
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
  if (map.size >= max) map.delete(map.keys().next().value!)
  map.set(key, value)
}
