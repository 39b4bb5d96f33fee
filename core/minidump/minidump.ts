// What a minidump tells without symbols: where it was taken, what went wrong, in which module (protocol 2.11). The layout is
// that of Microsoft's minidumpapiset.h, the streams and codes beyond Windows those of Breakpad and Crashpad.
import type { JsonObject } from '../event/json.ts'
import { nameCrash } from './codes.ts'
import { openDump, type DumpReader } from './reader.ts'

export type MinidumpModule = { name: string; base: bigint }

export type MinidumpInfo = {
  /** Windows, macOS, iOS, Linux, Android …; null = not said. */
  os: { name: string; version: string; build: string | null } | null
  /** x86, x86_64, arm, arm64; null = not said or another one. */
  cpu: string | null
  crash: {
    /** As the system counts: an NTSTATUS, a signal, a Mach exception. */
    code: number
    /** 0 read, 1 write, 8 execute, of an access violation on Windows. */
    access: number | null
    /** The instruction where it happened. */
    address: bigint
    thread: number
    /** The module that holds the address. */
    module: MinidumpModule | null
  } | null
  pid: number | null
  /** Seconds since 1970 when the dump was written. */
  time: number | null
  /** What the app noted with Crashpad, at most 64. */
  annotations: [name: string, value: string][]
}

/** Where a stream lies in the file. */
type Stream = { at: number; size: number }

const streamTypes = { modules: 4, exception: 6, system: 7, misc: 15, crashpad: 0x4350_0001 }

const maxStreams = 256
const maxModules = 4096
const maxAnnotations = 64

/** Null when the bytes are no minidump. Never throws, reads a bounded part of the file, whatever its offsets say. */
export function describeMinidump(bytes: Uint8Array): MinidumpInfo | null {
  const dump = openDump(bytes)
  if (dump === null) return null
  const streams = listStreams(dump)
  const cpu = streams.has(streamTypes.system) ? dump.u16(streams.get(streamTypes.system)!.at) : null
  return {
    os: readSystem(dump, streams.get(streamTypes.system)),
    cpu: (cpu !== null && cpus[cpu]?.name) || null,
    crash: readCrash(dump, streams, cpu),
    pid: readProcessId(dump, streams.get(streamTypes.misc)),
    time: dump.u32(20) || null,
    annotations: readAnnotations(dump, streams.get(streamTypes.crashpad)),
  }
}

/** One exception value. Not synthetic: its type and value are the title. */
export function minidumpException(info: MinidumpInfo | null): JsonObject {
  const mechanism = { type: 'minidump', handled: false }
  if (!info?.crash) return { type: 'Minidump', value: 'A crash without a known reason', mechanism }
  const { address, module, thread } = info.crash
  const value = module === null ? `at ${hex(address)}` : `${module.name} + ${hex(address - module.base)}`
  return { type: nameCrash(info.crash, info.os?.name ?? null), value, thread_id: thread, mechanism }
}

function hex(address: bigint): string {
  return `0x${address.toString(16)}`
}

/** The first of each type. */
function listStreams(dump: DumpReader): Map<number, Stream> {
  const streams = new Map<number, Stream>()
  const directory = dump.u32(12)
  if (directory === null) return streams
  const count = Math.min(dump.u32(8) ?? 0, maxStreams)
  for (let index = 0; index < count; index++) {
    const entry = directory + 12 * index
    const [type, size, at] = [dump.u32(entry), dump.u32(entry + 4), dump.u32(entry + 8)]
    if (type === null || size === null || at === null) break
    if (!streams.has(type) && at + size <= dump.size) streams.set(type, { at, size })
  }
  return streams
}

const systems: Record<number, string> = {
  0x1: 'Windows', 0x2: 'Windows', 0x8000: 'Unix', 0x8101: 'macOS', 0x8102: 'iOS', 0x8201: 'Linux', 0x8202: 'Solaris', 0x8203: 'Android',
  0x8204: 'PlayStation 3', 0x8205: 'Native Client', 0x8206: 'Fuchsia',
}

function readSystem(dump: DumpReader, stream: Stream | undefined): MinidumpInfo['os'] {
  if (!stream) return null
  const [major, minor, build, platform, extra] = [8, 12, 16, 20, 24].map((offset) => dump.u32(stream.at + offset))
  const name = typeof platform === 'number' ? systems[platform] : undefined
  if (name === undefined) return null
  const version = [major, minor, build].map((part) => part ?? 0).join('.')
  return { name, version, build: (extra && dump.utf16(extra)) || null }
}

/** Architecture -> its name, and where in a thread's context the instruction pointer lies. */
const cpus: Record<number, { name: string; pointer: number; wide: boolean }> = {
  0: { name: 'x86', pointer: 0xb8, wide: false },
  5: { name: 'arm', pointer: 0x40, wide: false },
  9: { name: 'x86_64', pointer: 0xf8, wide: true },
  12: { name: 'arm64', pointer: 0x108, wide: true },
  0x8003: { name: 'arm64', pointer: 0x108, wide: true },
}

const accessViolation = 0xc000_0005

function readCrash(dump: DumpReader, streams: Map<number, Stream>, cpu: number | null): MinidumpInfo['crash'] {
  const stream = streams.get(streamTypes.exception)
  if (!stream) return null
  const [thread, code, given] = [dump.u32(stream.at), dump.u32(stream.at + 8), dump.u64(stream.at + 24)]
  if (thread === null || code === null || given === null) return null
  // Only Windows names the instruction here; elsewhere it is the memory that was touched.
  const address = readInstruction(dump, dump.u32(stream.at + 164), cpu) ?? given
  const access = code === accessViolation && (dump.u32(stream.at + 32) ?? 0) > 0 ? dump.u64(stream.at + 40) : null
  return { code, access: access === null ? null : Number(access), address, thread, module: findModule(dump, streams.get(streamTypes.modules), address) }
}

function readInstruction(dump: DumpReader, context: number | null, cpu: number | null): bigint | null {
  const layout = cpu === null ? undefined : cpus[cpu]
  if (!context || !layout) return null
  if (layout.wide) return dump.u64(context + layout.pointer)
  const address = dump.u32(context + layout.pointer)
  return address === null ? null : BigInt(address)
}

const moduleSize = 108

function findModule(dump: DumpReader, stream: Stream | undefined, address: bigint): MinidumpModule | null {
  if (!stream) return null
  const count = Math.min(dump.u32(stream.at) ?? 0, maxModules)
  // Some writers align the list to eight bytes.
  const first = stream.at + (stream.size - count * moduleSize >= 8 ? 8 : 4)
  for (let index = 0; index < count; index++) {
    const at = first + index * moduleSize
    const [base, size, name] = [dump.u64(at), dump.u32(at + 8), dump.u32(at + 20)]
    if (base === null || size === null || name === null) return null
    if (address < base || address >= base + BigInt(size)) continue
    const path = dump.utf16(name)
    return path ? { name: path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1), base } : null
  }
  return null
}

function readProcessId(dump: DumpReader, stream: Stream | undefined): number | null {
  if (!stream || !((dump.u32(stream.at + 4) ?? 0) & 1)) return null
  return dump.u32(stream.at + 8)
}

/** `MinidumpCrashpadInfo`: version, two UUIDs, then where the dictionary of simple annotations lies. */
function readAnnotations(dump: DumpReader, stream: Stream | undefined): [string, string][] {
  const dictionary = stream && dump.u32(stream.at + 40)
  if (!dictionary) return []
  const count = Math.min(dump.u32(dictionary) ?? 0, maxAnnotations)
  const annotations: [string, string][] = []
  for (let index = 0; index < count; index++) {
    const [name, value] = [0, 4].map((offset) => dump.utf8(dump.u32(dictionary + 4 + 8 * index + offset) ?? -1))
    if (name && typeof value === 'string') annotations.push([name, value])
  }
  return annotations
}
