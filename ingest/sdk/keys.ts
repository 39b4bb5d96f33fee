// Public key -> row of project_key, without a round trip for a key that was seen lately. A key that is switched off or made
// is noticed within the lifetimes below. Bounded against floods of random keys.
import type pg from 'pg'
import type { FindKey, KnownKey } from './authenticate.ts'

export type KeyCacheOptions = {
  /** After this a known key is read again in the background; the old row serves meanwhile. */
  refreshMs?: number
  /** How long a key stays unknown. */
  unknownMs?: number
  maxKnown?: number
  maxUnknown?: number
  now?: () => number
}

type Entry = { key: KnownKey; readAt: number; refreshing: boolean }

const statement = {
  name: 'find_project_key',
  text: 'select id, project_id as "projectId", is_active as "isActive" from project_key where public_key = $1',
}

/** The look-up of the SDK side. Rejects only when a key has never been read and the database cannot be. */
export function createKeyCache(pool: pg.Pool, options: KeyCacheOptions = {}): FindKey {
  const { refreshMs = 5_000, unknownMs = 1_000, maxKnown = 10_000, maxUnknown = 1_000, now = Date.now } = options
  const known = new Map<string, Entry>()
  const unknownSince = new Map<string, number>()
  const reading = new Map<string, Promise<KnownKey | null>>()

  /** One query per key at a time. */
  function read(publicKey: string): Promise<KnownKey | null> {
    const running = reading.get(publicKey)
    if (running) return running
    const started = pool
      .query<KnownKey>({ ...statement, values: [publicKey] })
      .then((result) => remember(publicKey, result.rows[0] ?? null))
      .finally(() => reading.delete(publicKey))
    reading.set(publicKey, started)
    return started
  }

  function remember(publicKey: string, key: KnownKey | null): KnownKey | null {
    known.delete(publicKey)
    unknownSince.delete(publicKey)
    if (key === null) setBounded(unknownSince, publicKey, now(), maxUnknown)
    else setBounded(known, publicKey, { key, readAt: now(), refreshing: false }, maxKnown)
    return key
  }

  function refresh(publicKey: string, entry: Entry): void {
    entry.refreshing = true
    // Keys stay served while the database is away: the append decides whether the request can be answered.
    read(publicKey).catch(() => {
      entry.refreshing = false
      entry.readAt = now()
    })
  }

  return (publicKey) => {
    const entry = known.get(publicKey)
    if (entry) {
      if (!entry.refreshing && now() - entry.readAt >= refreshMs) refresh(publicKey, entry)
      return entry.key
    }
    const since = unknownSince.get(publicKey)
    if (since !== undefined && now() - since < unknownMs) return null
    return read(publicKey)
  }
}

/** Forgets the oldest entry beyond `max`. */
function setBounded<V>(map: Map<string, V>, key: string, value: V, max: number): void {
  if (map.size >= max) map.delete(map.keys().next().value!)
  map.set(key, value)
}
