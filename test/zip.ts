// Zips and bundles for tests, honest and lying: the directory says what it is told to.

import { crc32, deflateRawSync } from 'node:zlib'

export type ZipFile = {
  name: string
  bytes: Uint8Array | string
  /** What the directory says instead of the truth. */
  says?: Partial<Record<'size' | 'stored' | 'position' | 'crc' | 'flags' | 'method' | 'attributes', number>>
}

export function writeZip(files: readonly ZipFile[], { prefix = Buffer.alloc(0), says = {} }: { prefix?: Buffer; says?: { entries?: number; length?: number } } = {}): Buffer {
  const locals: Buffer[] = [prefix]
  const directory: Buffer[] = []
  let at = prefix.length
  for (const { name: text, bytes, says: lies = {} } of files) {
    const name = Buffer.from(text)
    const file = Buffer.from(bytes)
    const stored = deflateRawSync(file)
    const truth = { size: file.length, stored: stored.length, position: at, crc: crc32(file), flags: 0, method: 8, attributes: 0o100644 }
    const told = { ...truth, ...lies }
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(truth.crc, 14)
    local.writeUInt32LE(truth.stored, 18)
    local.writeUInt32LE(truth.size, 22)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(0x0314, 4)
    entry.writeUInt16LE(told.flags, 8)
    entry.writeUInt16LE(told.method, 10)
    entry.writeUInt32LE(told.crc, 16)
    entry.writeUInt32LE(told.stored, 20)
    entry.writeUInt32LE(told.size, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt16LE(told.attributes, 40)
    entry.writeUInt32LE(told.position, 42)
    locals.push(local, name, stored)
    directory.push(entry, name)
    at += 30 + name.length + stored.length
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  for (const place of [8, 10]) end.writeUInt16LE(says.entries ?? files.length, place)
  end.writeUInt32LE(says.length ?? length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, ...directory, end])
}

/** As sentry-cli marks a bundle. */
export const bundlePrefix = Buffer.from([0x53, 0x59, 0x53, 0x42, 2, 0, 0, 0])

export type BundledFile = { url: string; type: string; headers?: Record<string, string>; text: string }

export function writeBundle(files: Record<string, BundledFile>, more: ZipFile[] = []): Buffer {
  const manifest = { org: 'refold', files: Object.fromEntries(Object.entries(files).map(([path, { text: _text, ...file }]) => [path, file])) }
  return writeZip([...Object.entries(files).map(([name, { text }]) => ({ name, bytes: text })), { name: 'manifest.json', bytes: JSON.stringify(manifest) }, ...more], { prefix: bundlePrefix })
}
