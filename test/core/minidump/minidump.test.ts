// What a minidump tells: dumps written here structure by structure, then the same with lies in them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMinidump } from '../../../core/minidump/event.ts'
import { describeMinidump, minidumpException } from '../../../core/minidump/minidump.ts'
import { windowsCrash, writeDump, type DumpParts } from './write-dump.ts'

const titleOf = (parts: DumpParts): string => {
  const { type, value } = minidumpException(describeMinidump(writeDump(parts)))
  return `${String(type)}: ${String(value)}`
}

test('a dump of Windows tells system, processor, crash, module, process and time', () => {
  expect(describeMinidump(writeDump(windowsCrash))).toEqual({
    os: { name: 'Windows', version: '10.0.22631', build: 'Service Pack 1' },
    cpu: 'x86_64',
    crash: { code: 0xc0000005, access: 0, address: 0x7ff6_0000_1234n, thread: 77, module: { name: 'shop.exe', base: 0x7ff6_0000_0000n } },
    pid: 4242,
    time: 1_795_357_833,
    annotations: [],
  })
})

test('a big-endian dump tells the same', () => {
  expect(describeMinidump(writeDump({ ...windowsCrash, bigEndian: true }))).toEqual(describeMinidump(writeDump(windowsCrash)))
})

test('a list of modules that is aligned to eight bytes is read too', () => {
  expect(titleOf({ ...windowsCrash, alignModules: true })).toBe(titleOf(windowsCrash))
})

describe('the title is', () => {
  const linux = { cpu: 9, platform: 0x8201, version: [6, 1, 0] as [number, number, number] }
  const onLinux = { base: 0x5500_0000n, size: 0x1000, path: '/opt/shop/bin/shop' }
  test.each<[string, DumpParts]>([
    ['EXCEPTION_ACCESS_VIOLATION_READ: shop.exe + 0x1234', windowsCrash],
    ['EXCEPTION_ACCESS_VIOLATION_WRITE: shop.exe + 0x1234', { ...windowsCrash, exception: { ...windowsCrash.exception!, parameters: [1n, 0n] } }],
    ['EXCEPTION_STACK_OVERFLOW: shop.exe + 0x1234', { ...windowsCrash, exception: { ...windowsCrash.exception!, code: 0xc00000fd } }],
    ['Exception 0x00c0ffee: shop.exe + 0x1234', { ...windowsCrash, exception: { ...windowsCrash.exception!, code: 0xc0ffee } }],
    ['EXCEPTION_ACCESS_VIOLATION_READ: at 0x7ff600001234', { ...windowsCrash, modules: [] }],
    ['SIGSEGV: shop + 0x20', { system: linux, exception: { thread: 1, code: 11, address: 0x10n, pointer: { offset: 0xf8, value: 0x5500_0020n, size: 8 } }, modules: [onLinux] }],
    ['SIGABRT: shop + 0x20', { system: { ...linux, cpu: 0x8003 }, exception: { thread: 1, code: 6, address: 0n, pointer: { offset: 0x108, value: 0x5500_0020n, size: 8 } }, modules: [onLinux] }],
    ['SIGSEGV: shop + 0x20', { system: { ...linux, cpu: 0 }, exception: { thread: 1, code: 11, address: 0n, pointer: { offset: 0xb8, value: 0x5500_0020n, size: 4 } }, modules: [onLinux] }],
    ['SIGSEGV: shop + 0x20', { system: { ...linux, cpu: 5, platform: 0x8203 }, exception: { thread: 1, code: 11, address: 0n, pointer: { offset: 0x40, value: 0x5500_0020n, size: 4 } }, modules: [onLinux] }],
    ['EXC_BAD_ACCESS: at 0x10', { system: { ...linux, platform: 0x8101 }, exception: { thread: 1, code: 1, address: 0x10n } }],
    ['Minidump: A crash without a known reason', {}],
  ])('%s', (title, parts) => {
    expect(titleOf(parts)).toBe(title)
  })
})

test('the exception is unhandled and not synthetic, so that its type makes the title', () => {
  expect(minidumpException(describeMinidump(writeDump(windowsCrash)))).toMatchObject({ thread_id: 77, mechanism: { type: 'minidump', handled: false } })
  expect(minidumpException(null)).toMatchObject({ type: 'Minidump', mechanism: { type: 'minidump', handled: false } })
})

test('the notes of Crashpad are read', () => {
  expect(describeMinidump(writeDump({ annotations: { ver: '1.2.3', plat: 'Win64', empty: '' } }))!.annotations).toEqual([['ver', '1.2.3'], ['plat', 'Win64'], ['empty', '']])
})

describe('an event gets from its dump', () => {
  test('an exception, contexts, notes and its time', () => {
    expect(addMinidump({ platform: 'native' }, writeDump({ ...windowsCrash, annotations: { ver: '1.2.3' } }))).toEqual({
      platform: 'native',
      exception: { values: [expect.objectContaining({ type: 'EXCEPTION_ACCESS_VIOLATION_READ' })] },
      timestamp: 1_795_357_833,
      contexts: {
        os: { type: 'os', name: 'Windows', version: '10.0.22631', build: 'Service Pack 1' },
        device: { type: 'device', arch: 'x86_64' },
        process: { pid: 4242 },
      },
      extra: { ver: '1.2.3' },
    })
  })

  test('nothing that its SDK said itself', () => {
    const event = { timestamp: 1, exception: { values: [{ type: 'Own' }] }, contexts: { os: { name: 'Wine' }, device: { model: 'x' }, process: { pid: 1 } }, extra: { ver: 'own' } }
    expect(addMinidump(event, writeDump({ ...windowsCrash, annotations: { ver: '1.2.3' } }))).toEqual(event)
  })

  test('a better name than the dump once gave it', () => {
    const event = addMinidump({ exception: { values: [minidumpException(null)] } }, writeDump(windowsCrash))
    expect(event.exception).toEqual({ values: [expect.objectContaining({ type: 'EXCEPTION_ACCESS_VIOLATION_READ' })] })
  })

  test('only that there was a crash, when the bytes are no dump', () => {
    expect(addMinidump({}, Buffer.from('BZh91AY'))).toEqual({ exception: { values: [expect.objectContaining({ type: 'Minidump' })] } })
  })

  test('no prototype', () => {
    const event = addMinidump({}, writeDump({ annotations: Object.fromEntries([['__proto__', 'x'], ['constructor', 'y']]) }))
    expect(Object.getPrototypeOf(event.extra)).toBe(Object.prototype)
    expect(Object.keys(event.extra as object)).toEqual(['constructor'])
  })
})

describe('bytes that lie', () => {
  test.each([['nothing', Buffer.alloc(0)], ['too little', Buffer.from('MDM')], ['something else', Buffer.from('PK\x03\x04 and so on')]])('%s is no dump', (_name, bytes) => {
    expect(describeMinidump(bytes)).toBeNull()
  })

  test('a signature alone is a dump that tells nothing', () => {
    expect(describeMinidump(Buffer.from('MDMP'))).toEqual({ os: null, cpu: null, crash: null, pid: null, time: null, annotations: [] })
  })

  test('names are freed of NUL, control characters and halves of pairs', () => {
    const [module] = windowsCrash.modules!.slice(1)
    expect(titleOf({ ...windowsCrash, modules: [{ ...module!, path: 'C:\\a\\sh\u001b[31mop\ud800.exe\0hidden' }] })).toBe('EXCEPTION_ACCESS_VIOLATION_READ: sh [31mop\ufffd.exe + 0x1234')
  })

  const whole = writeDump({ ...windowsCrash, annotations: { ver: '1.2.3' } })
  const isUsable = (bytes: Uint8Array): void => {
    const { type, value } = minidumpException(describeMinidump(bytes))
    expect(typeof type).toBe('string')
    expect(String(value).length).toBeLessThan(600)
    expect(`${String(type)}${String(value)}`).not.toMatch(/\p{Cc}/u)
  }

  test('a dump cut anywhere still tells what is left of it', () => {
    for (let length = 4; length < whole.length; length++) isUsable(whole.subarray(0, length))
  })

  test('any number anywhere may be any other', () => {
    const number = fc.oneof(fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0xffff_fff0), fc.nat(whole.length), fc.integer({ min: 0, max: 0xffff_ffff }))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(Math.floor(whole.length / 4) - 2), number), { minLength: 1, maxLength: 6 }), (lies) => {
        const bytes = Buffer.from(whole)
        for (const [index, value] of lies) bytes.writeUInt32LE(value, 4 + 4 * index)
        isUsable(bytes)
      }),
      { numRuns: 3_000 },
    )
  })

  test('four thousand million modules, streams and notes take no time', () => {
    const bytes = Buffer.from(writeDump({ modules: [], annotations: { a: 'b' }, exception: { thread: 1, code: 11, address: 5n } }))
    bytes.writeUInt32LE(0xffff_ffff, 8)
    for (let at = 128; at + 4 <= bytes.length; at += 4) if (bytes.readUInt32LE(at) === 0) bytes.writeUInt32LE(0xffff_ffff, at)
    isUsable(bytes)
  })
})
