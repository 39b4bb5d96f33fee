// Writes the structures of a minidump: a header, a directory, and the streams a test asks for.

export type DumpParts = {
  bigEndian?: boolean
  /** Architecture and platform id, as `MINIDUMP_SYSTEM_INFO` has them. */
  system?: { cpu: number; platform: number; version: [number, number, number]; text?: string }
  exception?: { thread: number; code: number; address: bigint; parameters?: bigint[]; pointer?: { offset: number; value: bigint; size: 4 | 8 } }
  modules?: { base: bigint; size: number; path: string }[]
  /** Four bytes of padding behind the number of modules. */
  alignModules?: boolean
  pid?: number
  time?: number
  annotations?: Record<string, string>
}

export function writeDump(parts: DumpParts = {}): Buffer {
  const little = parts.bigEndian !== true
  const streams: { type: number; at: number; size: number }[] = []
  const bytes = Buffer.alloc(16 * 1024)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let end = 32 + 12 * 8
  const u16 = (at: number, value: number): void => view.setUint16(at, value, little)
  const u32 = (at: number, value: number): void => view.setUint32(at, value, little)
  const u64 = (at: number, value: bigint): void => view.setBigUint64(at, value, little)
  const take = (size: number): number => (end += size) - size
  const stream = (type: number, size: number): number => {
    const at = take(size)
    streams.push({ type, at, size })
    return at
  }
  const utf16 = (text: string): number => {
    const encoded = Buffer.from(text, 'utf16le')
    if (!little) encoded.swap16()
    const at = take(4 + encoded.length + 2)
    u32(at, encoded.length)
    encoded.copy(bytes, at + 4)
    return at
  }
  const utf8 = (text: string): number => {
    const encoded = Buffer.from(text)
    const at = take(4 + encoded.length + 1)
    u32(at, encoded.length)
    encoded.copy(bytes, at + 4)
    return at
  }

  if (parts.system) {
    const { cpu, platform, version, text } = parts.system
    const at = stream(7, 56)
    u16(at, cpu)
    version.forEach((part, index) => u32(at + 8 + 4 * index, part))
    u32(at + 20, platform)
    if (text !== undefined) u32(at + 24, utf16(text))
  }
  if (parts.exception) {
    const { thread, code, address, parameters = [], pointer } = parts.exception
    const at = stream(6, 168)
    u32(at, thread)
    u32(at + 8, code)
    u64(at + 24, address)
    u32(at + 32, parameters.length)
    parameters.forEach((value, index) => u64(at + 40 + 8 * index, value))
    if (pointer) {
      const context = take(1232)
      u32(at + 160, 1232)
      u32(at + 164, context)
      if (pointer.size === 8) u64(context + pointer.offset, pointer.value)
      else u32(context + pointer.offset, Number(pointer.value))
    }
  }
  if (parts.modules) {
    const first = parts.alignModules ? 8 : 4
    const at = stream(4, first + 108 * parts.modules.length)
    u32(at, parts.modules.length)
    parts.modules.forEach(({ base, size, path }, index) => {
      const module = at + first + 108 * index
      u64(module, base)
      u32(module + 8, size)
      u32(module + 20, utf16(path))
    })
  }
  if (parts.pid !== undefined) {
    const at = stream(15, 24)
    u32(at + 4, 1)
    u32(at + 8, parts.pid)
  }
  if (parts.annotations) {
    const entries = Object.entries(parts.annotations)
    const at = stream(0x43500001, 52)
    const dictionary = take(4 + 8 * entries.length)
    u32(at + 36, 4 + 8 * entries.length)
    u32(at + 40, dictionary)
    u32(dictionary, entries.length)
    entries.forEach(([name, value], index) => {
      u32(dictionary + 4 + 8 * index, utf8(name))
      u32(dictionary + 8 + 8 * index, utf8(value))
    })
  }

  bytes.write(little ? 'MDMP' : 'PMDM', 0, 'latin1')
  u32(4, 0xa793)
  u32(8, streams.length)
  u32(12, 32)
  u32(20, parts.time ?? 0)
  streams.forEach(({ type, at, size }, index) => {
    u32(32 + 12 * index, type)
    u32(36 + 12 * index, size)
    u32(40 + 12 * index, at)
  })
  return bytes.subarray(0, end)
}

/** A read of address 0x10 in shop.exe, 0x1234 behind its base. */
export const windowsCrash: DumpParts = {
  system: { cpu: 9, platform: 2, version: [10, 0, 22631], text: 'Service Pack 1' },
  exception: { thread: 77, code: 0xc0000005, address: 0x7ff6_0000_1234n, parameters: [0n, 0x10n], pointer: { offset: 0xf8, value: 0x7ff6_0000_1234n, size: 8 } },
  modules: [
    { base: 0x7ffa_0000_0000n, size: 0x1000, path: 'C:\\Windows\\System32\\ntdll.dll' },
    { base: 0x7ff6_0000_0000n, size: 0x8000, path: 'C:\\Games\\Shop\\shop.exe' },
  ],
  pid: 4242,
  time: 1_795_357_833,
}
