// MessagePack as Crashpad's clients write it beside a dump: the event and its breadcrumbs (protocol 2.11). The known libraries
// allocate what an array says it holds, so that 1 MiB of nested headers asks for gigabytes; here nothing is made before its bytes are seen.
import { Buffer } from 'node:buffer'
import type { JsonObject } from '../event/json.ts'

/** What stands at an offset, and where the next value begins. */
type Read = { value: unknown; end: number }

const maxDepth = 32

/** The values that follow each other in `bytes`, as JSON knows them (binary data is null), up to the first that is damaged or nested too deep. */
export function readMsgpack(bytes: Uint8Array, maxValues: number): unknown[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const values: unknown[] = []
  let at = 0
  while (at < buffer.length && values.length < maxValues) {
    const read = readValue(buffer, at, maxDepth)
    if (read === null) break
    values.push(read.value)
    at = read.end
  }
  return values
}

function readValue(bytes: Buffer, at: number, depth: number): Read | null {
  const head = bytes[at]
  if (head === undefined) return null
  if (head < 0x80) return { value: head, end: at + 1 }
  if (head >= 0xe0) return { value: head - 0x100, end: at + 1 }
  if (head < 0x90) return readMap(bytes, at + 1, head & 0x0f, depth)
  if (head < 0xa0) return readArray(bytes, at + 1, head & 0x0f, depth)
  if (head < 0xc0) return readText(bytes, at + 1, head & 0x1f)
  const layout = layouts[head]
  if (layout === undefined || at + 1 + layout.size > bytes.length) return null
  const number = readNumber(bytes, at + 1, layout)
  const end = at + 1 + layout.size
  switch (layout.kind) {
    case 'constant':
      return { value: layout.value, end }
    case 'unsigned':
    case 'signed':
    case 'float':
      return { value: Number.isFinite(number) ? number : null, end }
    case 'text':
      return readText(bytes, end, number)
    case 'array':
      return readArray(bytes, end, number, depth)
    case 'map':
      return readMap(bytes, end, number, depth)
    case 'skip':
      return end + number + layout.more > bytes.length ? null : { value: null, end: end + number + layout.more }
  }
}

/** `size` = bytes behind the head; of `skip`, `more` bytes follow beside those that the length counts. */
type Layout =
  | { kind: 'unsigned' | 'signed' | 'float' | 'text' | 'array' | 'map'; size: number }
  | { kind: 'constant'; size: 0; value: boolean | null }
  | { kind: 'skip'; size: number; more: number }

const layouts: Record<number, Layout> = {
  0xc0: { kind: 'constant', size: 0, value: null }, 0xc2: { kind: 'constant', size: 0, value: false }, 0xc3: { kind: 'constant', size: 0, value: true },
  0xc4: { kind: 'skip', size: 1, more: 0 }, 0xc5: { kind: 'skip', size: 2, more: 0 }, 0xc6: { kind: 'skip', size: 4, more: 0 },
  0xc7: { kind: 'skip', size: 1, more: 1 }, 0xc8: { kind: 'skip', size: 2, more: 1 }, 0xc9: { kind: 'skip', size: 4, more: 1 },
  0xca: { kind: 'float', size: 4 }, 0xcb: { kind: 'float', size: 8 },
  0xcc: { kind: 'unsigned', size: 1 }, 0xcd: { kind: 'unsigned', size: 2 }, 0xce: { kind: 'unsigned', size: 4 }, 0xcf: { kind: 'unsigned', size: 8 },
  0xd0: { kind: 'signed', size: 1 }, 0xd1: { kind: 'signed', size: 2 }, 0xd2: { kind: 'signed', size: 4 }, 0xd3: { kind: 'signed', size: 8 },
  0xd4: { kind: 'skip', size: 0, more: 2 }, 0xd5: { kind: 'skip', size: 0, more: 3 }, 0xd6: { kind: 'skip', size: 0, more: 5 },
  0xd7: { kind: 'skip', size: 0, more: 9 }, 0xd8: { kind: 'skip', size: 0, more: 17 },
  0xd9: { kind: 'text', size: 1 }, 0xda: { kind: 'text', size: 2 }, 0xdb: { kind: 'text', size: 4 },
  0xdc: { kind: 'array', size: 2 }, 0xdd: { kind: 'array', size: 4 }, 0xde: { kind: 'map', size: 2 }, 0xdf: { kind: 'map', size: 4 },
}

function readNumber(bytes: Buffer, at: number, { kind, size }: Layout): number {
  if (size === 0) return 0
  if (kind === 'float') return size === 4 ? bytes.readFloatBE(at) : bytes.readDoubleBE(at)
  if (size === 8) return Number(kind === 'signed' ? bytes.readBigInt64BE(at) : bytes.readBigUInt64BE(at))
  return kind === 'signed' ? bytes.readIntBE(at, size) : bytes.readUIntBE(at, size)
}

function readText(bytes: Buffer, at: number, length: number): Read | null {
  return at + length > bytes.length ? null : { value: bytes.toString('utf8', at, at + length), end: at + length }
}

function readArray(bytes: Buffer, start: number, count: number, depth: number): Read | null {
  if (depth === 0 || start + count > bytes.length) return null
  const values: unknown[] = []
  let at = start
  for (let index = 0; index < count; index++) {
    const read = readValue(bytes, at, depth - 1)
    if (read === null) return null
    values.push(read.value)
    at = read.end
  }
  return { value: values, end: at }
}

function readMap(bytes: Buffer, start: number, count: number, depth: number): Read | null {
  if (depth === 0 || start + 2 * count > bytes.length) return null
  const entries: JsonObject = {}
  let at = start
  for (let index = 0; index < count; index++) {
    const key = readValue(bytes, at, 1)
    const read = key && readValue(bytes, key.end, depth - 1)
    if (read === null) return null
    const name = String(key!.value)
    if (name !== '__proto__') entries[name] = read.value
    at = read.end
  }
  return { value: entries, end: at }
}
