// Who was affected, and from which address (protocol 4.7).

import type { EventUser } from '../contract/event.ts'
import type { EventContext } from './context.ts'
import { cutText, isObject, readAttribute, readObject, readText, type JsonObject } from './json.ts'
import type { Note } from './notes.ts'
import { sayLength, trimObject } from './trim.ts'

/** The four names a user goes by; which one identifies them is `tagUser`'s. */
export type Person = Pick<EventUser, 'id' | 'email' | 'username' | 'name' | 'ip_address'>

const known = new Set(['id', 'email', 'username', 'name', 'ip_address', 'data'])
const browserPlatforms = new Set(['javascript', 'cocoa', 'objc'])

export function readPerson(event: JsonObject, platform: string, context: EventContext, note: Note): Person {
  const sent = readObject(readAttribute(event, 'user', 'sentry.interfaces.User'))
  const readName = (name: string, limit: number): string | null => {
    const text = readText(sent[name])?.trim() ?? ''
    if (text.length > limit) note('value_too_long', `user.${name}`, sayLength(text.length))
    return cutText(text, limit) || null
  }
  return {
    id: readName('id', 128),
    email: readName('email', 75),
    username: readName('username', 128),
    name: readName('name', 128),
    ip_address: inferAddress(event, readText(sent.ip_address), platform, context, note),
  }
}

/** The person and whatever else the SDK said of them; null if nobody is named. */
export function readUser(event: JsonObject, platform: string, context: EventContext, note: Note): EventUser | null {
  const sent = readObject(readAttribute(event, 'user', 'sentry.interfaces.User'))
  const person = readPerson(event, platform, context, note)
  const others = Object.entries(sent).filter(([name, value]) => !known.has(name) && value !== null)
  const data = trimObject({ ...Object.fromEntries(others), ...readObject(sent.data) }, 8192, 7, 'user.data', note)
  const isEmpty = Object.values(person).every((value) => value === null) && Object.keys(data).length === 0
  return isEmpty ? null : { ...person, data }
}

/** `id:…`, `username:…`, `email:…` or `ip:…`, the first that is known (protocol 4.8); at most 200 units. */
export function tagUser({ id, username, email, ip_address }: Person): string | null {
  if (id !== null) return `id:${id}`
  if (username !== null) return `username:${username}`
  if (email !== null) return `email:${email}`
  return ip_address === null ? null : `ip:${ip_address}`
}

// The three answers of `infer_ip`: auto, never (also anything unknown), and not sent, which keeps the habits of old SDKs.
function inferAddress(event: JsonObject, sent: string | null, platform: string, context: EventContext, note: Note): string | null {
  const sdk = readObject(event.sdk ?? event.client_sdk)
  const setting = readObject(sdk.settings).infer_ip ?? context.inferIp ?? null
  const mayInfer = setting === null || setting === 'auto'
  const isAuto = sent === '{{auto}}'
  if (sent !== null && !isAuto) {
    const address = readAddress(sent)
    if (address !== null) return address
    note('invalid_data', 'user.ip_address')
  }
  if (!mayInfer) return null
  if (isAuto) return context.remoteAddr
  const request = readAttribute(event, 'request', 'sentry.interfaces.Http')
  const remote = isObject(request) && isObject(request.env) ? readText(request.env.REMOTE_ADDR) : null
  if (remote === '{{auto}}') return context.remoteAddr
  const address = remote === null ? null : readAddress(remote)
  return address ?? (setting === 'auto' || browserPlatforms.has(platform) ? context.remoteAddr : null)
}

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/

/** An IPv4 or IPv6 address without port and zone, or null. */
export function readAddress(text: string): string | null {
  if (ipv4.test(text)) return text
  const isIpv6 = text.includes(':') && /^[0-9a-f:.]{2,45}$/i.test(text) && URL.canParse(`http://[${text}]/`)
  return isIpv6 ? text : null
}
