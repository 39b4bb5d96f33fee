// A batch of envelopes as the bytes of one spool record: a line of JSON for all but the payloads, then the payloads as they came.

import type { NewEnvelope } from '../append.ts'

export type Batch = {
  /** A UUID. The log takes a batch with it once, however often it is appended. */
  id: string
  /** At least one. */
  envelopes: NewEnvelope[]
}

type Head = { id: string; envelopes: (Omit<NewEnvelope, 'payload' | 'recordedAt'> & { recordedAt?: number; length: number })[] }

export function encodeBatch({ id, envelopes }: Batch): Buffer {
  const head: Head = {
    id,
    envelopes: envelopes.map(({ payload, recordedAt, ...rest }) => ({ ...rest, ...(recordedAt && { recordedAt: recordedAt.getTime() }), length: payload.byteLength })),
  }
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...envelopes.map((envelope) => envelope.payload)])
}

/** Throws on bytes that `encodeBatch` did not make. The payloads are views of the bytes given. */
export function decodeBatch(bytes: Buffer): Batch {
  let end = bytes.indexOf('\n') + 1 // JSON has no line feed of its own
  const head = JSON.parse(bytes.toString('utf8', 0, end)) as Head
  const envelopes = head.envelopes.map(({ length, recordedAt, ...rest }) => {
    const payload = bytes.subarray(end, (end += length))
    if (payload.byteLength !== length) throw new Error('a batch ends before its payloads do')
    return { ...rest, ...(recordedAt !== undefined && { recordedAt: new Date(recordedAt) }), payload }
  })
  return { id: head.id, envelopes }
}
