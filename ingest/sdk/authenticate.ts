// Who sends: the public key out of the headers, the query string or the envelope's own DSN, and whether it opens the
// project of the path (protocol 2.3). Every way to be wrong about project or key costs the same look-up and reads the same.
import type { IncomingHttpHeaders } from 'node:http'
import type { Dsn } from '../../core/envelope/dsn.ts'
import { badEnvelope, badProtocolVersion, rejections } from './errors.ts'
import type { Rejection } from './errors.ts'
import type { FindKey, KnownKey } from './keys.ts'

/** What stands in a request; `client` is the SDK's `name/version`. */
export type Credentials = { publicKey: string; client: string | null }

/** Credentials whose key opens the project. */
export type Sender = Credentials & { key: KnownKey }

export type Query = Readonly<Record<string, string | string[] | undefined>>

type Source = { key: string | null; version: string | null; client: string | null }

const keyForm = /^[0-9a-f]{32}$/

/** Null = none of the header, Authorization, query or path sources is present. The same key twice is fine, two keys are not. */
export function readCredentials(headers: IncomingHttpHeaders, query: Query, pathKey?: string): Credentials | Rejection | null {
  const { 'x-sentry-auth': own, authorization } = headers
  const sources = [
    own === undefined ? null : readPairs(String(own)),
    authorization === undefined ? null : (readPairs(authorization) ?? readBasic(authorization)),
    readQuery(query),
    pathKey === undefined ? null : { key: pathKey, version: null, client: null },
  ]
  let publicKey: string | null = null
  let client: string | null = null
  let present = false
  for (const source of sources) {
    if (source === null) continue
    present = true
    const refused = checkVersion(source.version)
    if (refused) return refused
    client ??= source.client
    if (source.key === null) continue
    const key = source.key.toLowerCase()
    if (!keyForm.test(key)) return rejections.badKey
    if (publicKey !== null && publicKey !== key) return rejections.severalKeys
    publicKey = key
  }
  if (!present) return null
  return publicKey === null ? rejections.noKey : { publicKey, client }
}

/** The DSN in an envelope header: the identity when there is no other, else it must name the same project and key. */
export function checkEnvelopeDsn(dsn: Dsn | null, credentials: Credentials | null, projectId: number | null): Credentials | Rejection {
  if (dsn === null) return credentials ?? rejections.noEnvelopeAuthorization
  if (projectId !== null && dsn.projectId !== projectId) return badEnvelope('project id mismatch between envelope and request')
  if (credentials === null) return keyForm.test(dsn.publicKey) ? { publicKey: dsn.publicKey, client: null } : rejections.badKey
  return dsn.publicKey === credentials.publicKey ? credentials : badEnvelope('public key mismatch between envelope and request')
}

/** The same answer whatever is wrong with key or project; 503 when the keys cannot be read. Without `projectId` it is the key's (`/api/store/`). */
export async function admitSender(findKey: FindKey, credentials: Credentials, projectId: number | null): Promise<Sender | Rejection> {
  try {
    const key = await findKey(credentials.publicKey)
    if (key === null) return rejections.unknownKey
    if (projectId !== null && key.projectId !== projectId) return rejections.wrongProject
    return key.isActive ? { ...credentials, key } : rejections.disabledKey
  } catch {
    return rejections.notStored
  }
}

/** `Sentry k=v, k=v`; null when the header is empty or of another scheme, which is as good as absent. */
function readPairs(header: string): Source | null {
  if (!/^sentry /i.test(header)) return null
  const source: Source = { key: null, version: null, client: null }
  for (const pair of header.slice(7).split(',')) {
    const cut = pair.indexOf('=')
    if (cut < 0) continue
    const value = pair.slice(cut + 1).trim()
    switch (pair.slice(0, cut).trim()) {
      case 'sentry_key':
        source.key = value
        break
      case 'sentry_version':
        source.version = value
        break
      case 'sentry_client':
        source.client = value
    }
  }
  return source
}

/** `Basic base64("KEY:")`. Any other user name belongs to a proxy in front. */
function readBasic(header: string): Source | null {
  if (!/^basic /i.test(header)) return null
  const user = Buffer.from(header.slice(6), 'base64').toString('latin1').split(':', 1)[0]!
  return keyForm.test(user.toLowerCase()) ? { key: user, version: null, client: null } : null
}

function readQuery(query: Query): Source | null {
  for (const name in query) {
    if (name.startsWith('sentry_')) return { key: first(query.sentry_key), version: first(query.sentry_version), client: first(query.sentry_client) }
  }
  return null
}

function first(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null
}

/** 2 to 7, the part before the dot; absent is 7. */
function checkVersion(version: string | null): Rejection | null {
  if (version === null) return null
  const match = /^(\d{1,9})(?:\.\d*)?$/.exec(version)
  if (!match) return rejections.badVersion
  const number = Number(match[1])
  return number >= 2 && number <= 7 ? null : badProtocolVersion(String(number))
}
