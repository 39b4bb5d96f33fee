// The words in which the table of protocol.md section 8 is written down: what is sent, what is expected. Sections are data (door.ts,
// framing.ts …); table.ts plays them. Each variant of a case has a project of its own, whose names stand for themselves in what is sent:
// `$PROJECT`, `$KEY`, `$DISABLED` (a key that is switched off), `$OTHER` and `$ELSEWHERE` (another project's key, and its id).

import type { SettingsChange } from '../../core/project/settings.ts'
import type { Seen } from './seen.ts'

/** One request as it goes over the wire. Chunks go one by one, without Content-Length. */
export type Sent = { method?: string; path?: string; headers?: Record<string, string | string[]>; body?: string | Uint8Array | Uint8Array[] }

export type Variant = {
  name?: string
  /** Settings of the project, from its beginning. */
  settings?: SettingsChange
  /** One after the other; what is expected of an answer is expected of the last. By default one event in an envelope. */
  send?: Sent | Sent[]
  /** 200 by default; several = either passes. */
  status?: number | number[]
  /** The JSON of the answer, whole. */
  json?: unknown
  /** The text of the answer. */
  says?: RegExp
  headers?: Record<string, RegExp>
  /** Events once the fold has caught up; 1 by default, 0 after a refusal, and then nothing was appended either. */
  stored?: number | 'any'
  /** What the API shows of the first event, at least (`View`). */
  shows?: object
  /** Types and bytes of the items in the log. */
  kept?: [type: string, size: number][]
  /** `category outcome reason count`, each of them counted; `*` stands for anything. */
  outcomes?: string[]
  check?: (seen: Seen) => unknown
}

export type Case = { id: number; given: string; of: Variant[] }

export const ID1 = '9ec79c33ec9942ab8353589fcb2e04dc'
export const ID2 = '12c2d058d58442709aa2eca08bf20986'
export const H1 = `{"event_id":"${ID1}"}`
export const EV = '{"type":"event"}\n{"message":"hello world","level":"error"}'
/** How most SDKs say who they are. */
export const A = { 'x-sentry-auth': 'Sentry sentry_version=7, sentry_client=t/1, sentry_key=$KEY' }
export const MiB = 1024 * 1024

/** An envelope of these lines. */
export const lines = (...parts: string[]): Sent => ({ body: parts.join('\n') })

export const item = (type: string, payload: string, headers: Record<string, unknown> = {}): string =>
  `${JSON.stringify({ type, ...headers, length: Buffer.byteLength(payload) })}\n${payload}`

/** An event and what is shown of it; the event as an object or as the JSON text itself. */
export const event = (payload: object | string, shows: object, over: Variant = {}): Variant => ({
  name: (typeof payload === 'string' ? payload : JSON.stringify(payload)).slice(0, 100),
  send: lines(H1, '{"type":"event"}', typeof payload === 'string' ? payload : JSON.stringify(payload)),
  shows,
  ...over,
})

type Part = { name: string; filename?: string; type?: string; bytes: string | Uint8Array }

/** A form as browsers and crash reporters send it. */
export function multipart(parts: Part[], headers: Record<string, string> = {}): Sent {
  const bodies = parts.flatMap(({ name, filename, type, bytes }) => {
    const head = `--edge\r\ncontent-disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n${type ? `content-type: ${type}\r\n` : ''}\r\n`
    return [Buffer.from(head), Buffer.from(bytes), Buffer.from('\r\n')]
  })
  return { headers: { ...A, ...headers, 'content-type': 'multipart/form-data; boundary=edge' }, body: Buffer.concat([...bodies, Buffer.from('--edge--\r\n')]) }
}
