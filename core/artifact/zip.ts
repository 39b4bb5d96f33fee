// The directory of a zip (APPNOTE 6.3) and the bytes of its files. Nothing is unpacked to disk, and a file is found by its place, so
// what a hostile zip can do is lie: about names, sizes and places. All of it is refused here (protocol case 163).

import { constants, crc32, inflateRaw, zstdDecompress, type CompressCallback } from 'node:zlib'

/** Says in one sentence, for the person who uploaded it, what is wrong. */
export class BundleError extends Error {}

export type ZipEntry = {
  name: string
  /** As the zip says: 0 stored, 8 deflate, 93 zstd. */
  method: number
  /** Bytes in the zip and bytes of the file. */
  stored: number
  size: number
  crc: number
  /** Where its own header starts, and how many bytes from there on may be its. */
  position: number
  room: number
}

/** Where the directory lies; `shift`: bytes before the zip, which its own numbers may leave out. */
export type ZipDirectory = { from: number; to: number; entries: number; shift: number }

/** Bytes of the end in which the directory must be announced: its own 22 and the longest comment. */
export const tailLength = 22 + 65_535
/** What a zip without extensions can count. */
const maxEntries = 65_534
const maxDirectory = 32 * 1024 * 1024
const longestHeader = 30 + 2 * 65_535

/** `tail`: the last bytes of a file of `size` bytes. Throws BundleError. */
export function findDirectory(tail: Uint8Array, size: number): ZipDirectory {
  const view = viewOf(tail)
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50 || at + 22 + view.getUint16(at + 20, true) !== tail.length) continue
    const [entries, length, from] = [view.getUint16(at + 10, true), view.getUint32(at + 12, true), view.getUint32(at + 16, true)]
    if (entries > maxEntries || from === 0xffffffff) throw new BundleError(`The bundle has more than ${maxEntries} files or is larger than 4 GB.`)
    if (view.getUint16(at + 4, true) !== 0 || view.getUint16(at + 8, true) !== entries) throw new BundleError('The bundle is one part of a zip in several parts.')
    const to = size - tail.length + at
    const shift = to - length - from
    if (shift < 0) throw new BundleError('The directory of the zip does not lie where the zip says.')
    if (length > maxDirectory) throw new BundleError('The directory of the zip is larger than 32 MB.')
    return { from: from + shift, to, entries, shift }
  }
  throw new BundleError('This is not a zip: its directory is missing. It may be cut off.')
}

/** In the order in which the files lie. `bytes`: the directory. Throws BundleError for names, places or sizes that cannot be true. */
export function readDirectory(bytes: Uint8Array, { from, entries: count, shift }: ZipDirectory): ZipEntry[] {
  const view = viewOf(bytes)
  const entries: ZipEntry[] = []
  const names = new Set<string>()
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw new BundleError('The directory of the zip is damaged.')
    const [nameLength, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)]
    const name = readName(bytes.subarray(at + 46, at + 46 + nameLength), names)
    if ((view.getUint16(at + 8, true) & 1) === 1) throw new BundleError(`${name} is encrypted.`)
    // Made on Unix: the upper half of the attributes is the mode.
    if (view.getUint8(at + 5) === 3 && (view.getUint16(at + 40, true) & 0xf000) === 0xa000) throw new BundleError(`${name} is a symbolic link.`)
    entries.push({
      name, method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true), stored: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true),
      position: view.getUint32(at + 42, true) + shift, room: 0,
    })
    at += 46 + nameLength + extra + comment
  }
  if (at > bytes.length) throw new BundleError('The directory of the zip is damaged.')
  return measureRoom(entries, from)
}

function readName(bytes: Uint8Array, names: Set<string>): string {
  const name = new TextDecoder().decode(bytes)
  const shown = JSON.stringify(name.slice(0, 200))
  if (name === '' || /[\\\0]|^\/|^[a-z]:/i.test(name) || name.split('/').includes('..')) throw new BundleError(`The zip has a file with a name that leads outside of it: ${shown}.`)
  // Two files that one folder could not hold on every system would be read differently by every program.
  if (names.size === names.add(name.toLowerCase()).size) throw new BundleError(`The zip has two files of the same name: ${shown}.`)
  return name
}

function measureRoom(entries: ZipEntry[], end: number): ZipEntry[] {
  const sorted = entries.toSorted((a, b) => a.position - b.position)
  for (const [index, entry] of sorted.entries()) {
    const room = (sorted[index + 1]?.position ?? end) - entry.position
    if (30 + Buffer.byteLength(entry.name) + entry.stored > room) throw new BundleError(`${entry.name} overlaps another file of the zip.`)
    entry.room = Math.min(room, longestHeader + entry.stored)
  }
  return sorted
}

/** The file of an entry; `bytes`: all of its room. Throws BundleError when it is not what the directory says. */
export async function unpackEntry(entry: ZipEntry, bytes: Uint8Array): Promise<Uint8Array> {
  const view = viewOf(bytes)
  if (bytes.length < 30 || view.getUint32(0, true) !== 0x04034b50) throw new BundleError(`${entry.name} does not lie where the zip says.`)
  const start = 30 + view.getUint16(26, true) + view.getUint16(28, true)
  const stored = bytes.subarray(start, start + entry.stored)
  const file = stored.length === entry.stored ? await expand(entry, stored) : null
  if (file === null || file.length !== entry.size) throw new BundleError(`${entry.name} is not as large as the zip says, or damaged.`)
  if (crc32(file) !== entry.crc) throw new BundleError(`${entry.name} is damaged: its checksum is wrong.`)
  return file
}

async function expand({ name, method, size }: ZipEntry, stored: Uint8Array): Promise<Uint8Array | null> {
  const options = { maxOutputLength: Math.max(size, 1) }
  if (method === 0) return stored
  if (method === 8) return run((done) => inflateRaw(stored, options, done))
  if (method === 93) return run((done) => zstdDecompress(stored, { ...options, params: { [constants.ZSTD_d_windowLogMax]: 23 } }, done))
  throw new BundleError(`${name} is compressed in a way that is not supported (method ${method}).`)
}

/** Null for what cannot be undone or becomes larger than allowed. */
function run(begin: (done: CompressCallback) => void): Promise<Uint8Array | null> {
  return new Promise((resolve) => begin((error, result) => resolve(error ? null : result)))
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
