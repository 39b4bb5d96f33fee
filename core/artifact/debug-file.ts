// What a debug file is, by its first bytes: which kind, for which processor, and its debug id where it is easy to tell.

import { readDebugId } from './manifest.ts'

export type DebugFileInfo = { symbolType: string; cpuName: string; debugId: string | null; objectName: string | null; type: string; features: string[] }

const unknown: DebugFileInfo = { symbolType: 'unknown', cpuName: 'unknown', debugId: null, objectName: null, type: 'dbg', features: [] }

/** `head`: at most the first 64 KiB are looked at. `name` as the uploader called it. Never throws. */
export function describeDebugFile(head: Uint8Array, name: string): DebugFileInfo {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 65_536))
  const magic = bytes.toString('latin1', 0, 24)
  const proguard = /^\/?proguard\/([0-9a-f-]{36})\.txt$/i.exec(name)
  if (proguard) return { ...unknown, symbolType: 'proguard', cpuName: 'any', debugId: readDebugId(proguard[1]), type: 'mapping', features: ['mapping'] }
  if (magic.startsWith('\x7fELF')) return readElf(bytes)
  if (/^(?:\xcf|\xce)\xfa\xed\xfe/.test(magic)) return readMachO(bytes)
  if (magic.startsWith('\xca\xfe\xba\xbe')) return { ...unknown, symbolType: 'macho', cpuName: 'any' }
  if (magic.startsWith('MZ')) return readPe(bytes)
  if (magic.startsWith('MODULE ')) return readBreakpad(bytes)
  if (magic.startsWith('Microsoft C/C++ MSF 7.00')) return { ...unknown, symbolType: 'pdb' }
  if (magic.startsWith('BSJB')) return { ...unknown, symbolType: 'portablepdb', cpuName: 'any' }
  if (magic.startsWith('\0asm')) return { ...unknown, symbolType: 'wasm', cpuName: 'wasm32' }
  if (magic.startsWith('BCSymbolMap')) return { ...unknown, symbolType: 'bcsymbolmap', cpuName: 'any', type: 'bcsymbolmap' }
  if (magic.startsWith('SYSB') || magic.startsWith('PK')) return { ...unknown, symbolType: 'sourcebundle', cpuName: 'any', type: 'src', features: ['sources'] }
  return unknown
}

const elfCpus = new Map([[3, 'x86'], [8, 'mips'], [21, 'ppc64'], [40, 'arm'], [62, 'x86_64'], [183, 'arm64'], [243, 'riscv']])

function readElf(bytes: Buffer): DebugFileInfo {
  if (bytes.length < 20) return unknown
  const read = (at: number): number => (bytes[5] === 2 ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at))
  return { ...unknown, symbolType: 'elf', cpuName: elfCpus.get(read(18)) ?? 'unknown', type: { 2: 'exe', 3: 'lib' }[read(16)] ?? 'dbg' }
}

const machCpus = new Map([[7, 'x86'], [12, 'arm'], [0x01000007, 'x86_64'], [0x0100000c, 'arm64'], [0x0200000c, 'arm64_32']])

function readMachO(bytes: Buffer): DebugFileInfo {
  if (bytes.length < 32) return unknown
  const info: DebugFileInfo = { ...unknown, symbolType: 'macho', cpuName: machCpus.get(bytes.readUInt32LE(4)) ?? 'unknown', type: { 2: 'exe', 6: 'lib' }[bytes.readUInt32LE(12)] ?? 'dbg' }
  let at = bytes[0] === 0xcf ? 32 : 28
  for (let left = bytes.readUInt32LE(16); left > 0 && at + 24 <= bytes.length; left--) {
    const [command, length] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)]
    if (command === 0x1b) return { ...info, debugId: readDebugId(bytes.toString('hex', at + 8, at + 24)) }
    if (length < 8) break
    at += length
  }
  return info
}

const peCpus = new Map([[0x14c, 'x86'], [0x1c4, 'arm'], [0x8664, 'x86_64'], [0xaa64, 'arm64']])

function readPe(bytes: Buffer): DebugFileInfo {
  const at = bytes.length < 64 ? bytes.length : bytes.readUInt32LE(0x3c)
  const isPe = at + 6 <= bytes.length && bytes.toString('latin1', at, at + 4) === 'PE\0\0'
  return isPe ? { ...unknown, symbolType: 'pe', cpuName: peCpus.get(bytes.readUInt16LE(at + 4)) ?? 'unknown', type: 'exe' } : unknown
}

/** `MODULE Linux x86_64 3249D99D0C4049318610F4E4FB0B69360 crash`: the last digits of the id are its age. */
function readBreakpad(bytes: Buffer): DebugFileInfo {
  const line = /^MODULE \S+ (\S{1,32}) ([0-9A-Fa-f]{32})([0-9A-Fa-f]{0,8}) ([^\r\n]{1,500})/.exec(bytes.toString('utf8', 0, 2048))
  if (!line) return { ...unknown, symbolType: 'breakpad' }
  const age = Number.parseInt(line[3] || '0', 16)
  const id = readDebugId(line[2])!
  return { symbolType: 'breakpad', cpuName: line[1]!, debugId: age === 0 ? id : `${id}-${age.toString(16)}`, objectName: line[4]!, type: 'dbg', features: ['symtab'] }
}
