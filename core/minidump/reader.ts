// Bounded reads of a minidump's bytes. A dump comes from whoever knows a key: every offset in it may lie, so every read is
// checked and answers null instead of throwing. Used by minidump.ts.
import { Buffer } from 'node:buffer'

/** Numbers of one byte order: `MDMP` is little, `PMDM` big. */
export type DumpReader = {
  size: number
  u16(at: number): number | null
  u32(at: number): number | null
  u64(at: number): bigint | null
  /** A `MINIDUMP_STRING`: its length in bytes, then UTF-16. At most 512 characters are read. */
  utf16(at: number): string | null
  /** A `MINIDUMP_UTF8_STRING` of Crashpad. At most 1,024 bytes are read. */
  utf8(at: number): string | null
}

const maxUtf16Bytes = 1024
const maxUtf8Bytes = 1024

/** Null when the bytes do not begin with one of the two signatures. */
export function openDump(bytes: Uint8Array): DumpReader | null {
  if (!hasDumpSignature(bytes)) return null
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = bytes[0] === 0x4d
  const holds = (at: number, length: number): boolean => at >= 0 && at + length <= buffer.length
  const u32 = (at: number): number | null => (holds(at, 4) ? view.getUint32(at, little) : null)

  /** The bytes behind a length in front of them, at most `max`. */
  function counted(at: number, max: number): Buffer | null {
    const length = u32(at)
    if (length === null) return null
    const kept = Math.min(length, max)
    return holds(at + 4, kept) ? buffer.subarray(at + 4, at + 4 + kept) : null
  }

  return {
    size: buffer.length,
    u16: (at) => (holds(at, 2) ? view.getUint16(at, little) : null),
    u32,
    u64: (at) => (holds(at, 8) ? view.getBigUint64(at, little) : null),
    utf16(at) {
      const text = counted(at, maxUtf16Bytes)
      if (text === null) return null
      const even = text.subarray(0, text.length & ~1)
      return clean((little ? even : Buffer.from(even).swap16()).toString('utf16le'))
    },
    utf8(at) {
      const text = counted(at, maxUtf8Bytes)
      return text && clean(text.toString('utf8'))
    },
  }
}

/** `MDMP`, or `PMDM` as a big-endian machine writes it. */
export function hasDumpSignature(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes
  return (a === 0x4d && b === 0x44 && c === 0x4d && d === 0x50) || (a === 0x50 && b === 0x4d && c === 0x44 && d === 0x4d)
}

/** Up to a NUL, without control characters and halves of pairs: what comes out may go into a text column. */
function clean(text: string): string {
  return text.split('\0', 1)[0]!.replace(/\p{Cc}+/gu, ' ').toWellFormed().trim()
}
