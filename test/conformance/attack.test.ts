import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../given.ts'
import { MiB } from './case.ts'
import { sendHonestly, type Served } from './honest.ts'
import { startVictim, type Victim } from './victim.ts'
import { formatRequest, openWire } from './wire.ts'

const zeros = Buffer.alloc(256 * MiB)
const brotli = brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 } })
const gzip = gzipSync(zeros, { level: 9 })
const zstd = zstdCompressSync(zeros)
const deep = (levels: number): string => `{"message":"deep","extra":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}`
const inEvent = (payload: string): string => `{"event_id":"${newId()}"}\n{"type":"event"}\n${payload}`

type Attack = [name: string, headers: string[], body: () => Uint8Array, ...statuses: number[]]
const named = (encoding: string): string[] => [`content-encoding: ${encoding}`]
const attacks: Attack[] = [
  [`${brotli.length} bytes of brotli`, named('br'), () => brotli, 413],
  [`${Math.round(gzip.length / 1000)} kB of gzip`, named('gzip'), () => gzip, 413],
  ['gzip in gzip, both named', named('gzip, gzip'), () => gzipSync(gzip), 413],
  ['gzip in gzip, one named', named('gzip'), () => gzipSync(gzip), 400],
  ['zstd in zstd', named('zstd, zstd'), () => zstdCompressSync(zstd), 413],
  ['a million newlines', [], () => Buffer.from(`{}${'\n'.repeat(1_000_000)}`), 200],
  // Eight times 14 MB is more than the door holds at once.
  ['a million items', [], () => Buffer.from(`{}${'\n{"type":"x"}\n'.repeat(1_000_000)}`), 413, 429],
  ['a million levels, more than an event may have', [], () => Buffer.from(inEvent(deep(1_000_000))), 413],
  ['half a million levels in an event', [], () => Buffer.from(inEvent(deep(500_000))), 200],
  ['a million levels in the header', [], () => Buffer.from(`{"a":${'['.repeat(1_000_000)}`), 400],
  ['a gigabyte declared', ['content-length: 1073741824'], () => Buffer.from('{}'), 413],
]

/**
 * What the server may grow by, in MB: bodies inflate one after the other to at most 100 MiB, what the one before it made may not be
 * collected yet, and eight bodies of up to 14 MB each are held besides.
 */
const mayGrow = 400
const attackers = 8

let victim: Victim
let calm: Served
beforeAll(async () => {
  victim = await startVictim()
  const warmUp = (ms: number): Promise<Served> => sendHonestly(victim.server.port, victim.path, new Promise((resolve) => setTimeout(resolve, ms)))
  await warmUp(2_000)
  calm = await warmUp(2_000)
})
afterAll(() => victim?.stop())

test.each(attacks)('#140 %s', { timeout: 60_000 }, async (name, headers, body, ...statuses) => {
  const { server, path } = victim
  const before = victim.readMemory().now
  const started = performance.now()
  const request = formatRequest(path, headers, body())
  const attack = Promise.all(Array.from({ length: attackers }, async () => {
    const wire = openWire(server.port)
    const reply = await wire.ask(request)
    wire.close()
    return reply.status
  }))
  const served = await sendHonestly(server.port, path, attack)
  for (const status of await attack) expect(statuses).toContain(status)
  const { now, peak } = victim.readMemory()
  console.log(`${name}: ${Math.round(performance.now() - started)} ms, +${peak - before} MB at most, +${now - before} MB after, p99 of others ${served.p99} ms, ${(served.p99 / calm.p99).toFixed(1)} x without`)
  expect(peak - before).toBeLessThan(mayGrow)
  expect(served.refused).toBe(0)
  // Not a matter of speed: nobody waits for an attack to end.
  expect(served.p99).toBeLessThan(5_000)
})

test('after all of it the server has said nothing of errors, and folds what it took', async () => {
  await victim.untilFolded()
  expect(victim.errors()).toEqual([])
})
