// The client that has done nothing: small errors at a steady rate over a few connections, while others attack.

import { gzipSync } from 'node:zlib'
import { setTimeout as sleep } from 'node:timers/promises'
import { failure, newId } from '../given.ts'
import { formatRequest, openWire } from './wire.ts'

/** Times in milliseconds; `refused` = answers that were not 200. */
export type Served = { answered: number; refused: number; p50: number; p99: number }

const connections = 4
const pauseMs = 10

/** Sends until `until` resolves, at least for a second. */
export async function sendHonestly(port: number, path: string, until: Promise<unknown>): Promise<Served> {
  const over = new AbortController()
  void Promise.allSettled([until, sleep(1_000)]).then(() => over.abort())
  const times: number[] = []
  let refused = 0
  await Promise.all(Array.from({ length: connections }, async () => {
    const wire = openWire(port)
    while (!over.signal.aborted) {
      const { status, ms } = await wire.ask(formatRequest(path, ['content-encoding: gzip'], makeBody()))
      if (status === 200) times.push(ms)
      else refused++
      await sleep(pauseMs)
    }
    wire.close()
  }))
  times.sort((a, b) => a - b)
  const quantile = (share: number): number => Math.round(times[Math.floor((times.length - 1) * share)]! * 10) / 10
  return { answered: times.length, refused, p50: quantile(0.5), p99: quantile(0.99) }
}

function makeBody(): Buffer {
  const id = newId()
  return gzipSync(`{"event_id":"${id}"}\n{"type":"event"}\n${JSON.stringify(failure('TypeError', 'the basket is gone'))}`)
}
