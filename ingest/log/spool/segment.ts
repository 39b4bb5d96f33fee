// The format of a spool file, without the file: a header, then records that can be told from damage.
//
//   header   8 bytes magic and version, 8 random bytes: the mark of this file's records
//   record   8 bytes mark, u32 length, u32 crc32 of the payload, the payload (an encoded batch)
//
// The mark lets a reader find the next good record behind a bad one. It is random, so that no sender can put a record of his
// own making into a payload and have it found there.

import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { decodeBatch, type Batch } from './batch.ts'

const magic = Buffer.from('RFSPOOL1')
const markBytes = 8
const headBytes = markBytes + 8

export const headerBytes = magic.length + markBytes

/** A new one for each file. */
export function makeHeader(): Buffer {
  return Buffer.concat([magic, randomBytes(markBytes)])
}

export function makeRecord(header: Buffer, payload: Buffer): Buffer {
  const numbers = Buffer.alloc(8)
  numbers.writeUInt32LE(payload.byteLength, 0)
  numbers.writeUInt32LE(crc32(payload), 4)
  return Buffer.concat([markOf(header), numbers, payload])
}

export type Segment = {
  batches: Batch[]
  /** Stretches that no batch could be read from, though they were written whole. */
  damaged: { offset: number; bytes: number }[]
  /** Bytes of a last record whose write was cut off: it was never acknowledged. */
  torn: number
}

/** Reads every record that is whole, whatever lies between. */
export function readSegment(bytes: Buffer): Segment {
  const segment: Segment = { batches: [], damaged: [], torn: 0 }
  if (bytes.length < headerBytes) return { ...segment, torn: bytes.length }
  if (!bytes.subarray(0, magic.length).equals(magic)) return { ...segment, damaged: [{ offset: 0, bytes: bytes.length }] }
  const mark = markOf(bytes)
  for (let offset = headerBytes; offset < bytes.length; ) {
    const record = readRecord(bytes, mark, offset)
    if (record) {
      segment.batches.push(record.batch)
      offset = record.end
      continue
    }
    const next = findRecord(bytes, mark, offset + 1)
    if (next === bytes.length && isCutOff(bytes, mark, offset)) segment.torn = next - offset
    else segment.damaged.push({ offset, bytes: next - offset })
    offset = next
  }
  return segment
}

function markOf(bytes: Buffer): Buffer {
  return bytes.subarray(magic.length, headerBytes)
}

/** The batch of the record that starts here, if a whole one does. */
function readRecord(bytes: Buffer, mark: Buffer, offset: number): { batch: Batch; end: number } | undefined {
  const start = offset + headBytes
  if (!startsRecord(bytes, mark, offset) || start > bytes.length) return undefined
  const end = start + bytes.readUInt32LE(offset + markBytes)
  const payload = bytes.subarray(start, end)
  if (end > bytes.length || crc32(payload) !== bytes.readUInt32LE(offset + markBytes + 4)) return undefined
  try {
    return { batch: decodeBatch(payload), end }
  } catch {
    return undefined
  }
}

/** What is here could be a record that the end of the file cuts off. */
function isCutOff(bytes: Buffer, mark: Buffer, offset: number): boolean {
  const start = offset + headBytes
  return startsRecord(bytes, mark, offset) && (start > bytes.length || start + bytes.readUInt32LE(offset + markBytes) > bytes.length)
}

function startsRecord(bytes: Buffer, mark: Buffer, offset: number): boolean {
  const there = bytes.subarray(offset, offset + markBytes)
  return mark.subarray(0, there.length).equals(there)
}

/** Offset of the next whole record, else the end. */
function findRecord(bytes: Buffer, mark: Buffer, from: number): number {
  for (let at = bytes.indexOf(mark, from); at >= 0; at = bytes.indexOf(mark, at + 1)) if (readRecord(bytes, mark, at)) return at
  return bytes.length
}
