// What a request left in the log, opened again; and bodies of forms as clients write them.
import { gunzipSync } from 'node:zlib'
import { frameEnvelope } from '../../../../core/envelope/frame.ts'
import type { NewEnvelope } from '../../../../ingest/log/batcher.ts'

export type StoredItem = { type: string; header: Record<string, unknown>; payload: Buffer; json: unknown }

export function readBody({ payload, encoding }: NewEnvelope): Buffer {
  return encoding === 'g' ? gunzipSync(payload) : Buffer.from(payload)
}

/** Of an `envelope.received`. `json` = the payload parsed, or undefined. */
export function readItems(fact: NewEnvelope): StoredItem[] {
  const framed = frameEnvelope(readBody(fact))
  if ('error' in framed) throw new Error(framed.causes.join())
  return framed.items.map(({ type, header, payload }) => ({ type, header, payload: Buffer.from(payload), json: parse(payload) }))
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString())
  } catch {
    return undefined
  }
}

export type Field = [name: string, value: string]
export type FormFile = { field: string; name: string; type?: string; bytes: Uint8Array | string }

/** Headers and body of a form. */
export function writeForm(fields: Field[], files: FormFile[] = []): { headers: Record<string, string>; body: Buffer } {
  const parts = [
    ...fields.map(([name, value]) => Buffer.from(`--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)),
    ...files.flatMap(({ field, name, type = 'application/octet-stream', bytes }) => [
      Buffer.from(`--b\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`),
      Buffer.from(bytes as string),
      Buffer.from('\r\n'),
    ]),
  ]
  return { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: Buffer.concat([...parts, Buffer.from('--b--\r\n')]) }
}
