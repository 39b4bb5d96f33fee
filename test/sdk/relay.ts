// Between an SDK and the server: passes every request on as it is, and remembers what both said.

import { createServer, request as ask, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { frameEnvelope } from '../../core/envelope/frame.ts'

export type Passed = {
  headers: IncomingHttpHeaders
  body: Buffer
  answer: { status: number; headers: IncomingHttpHeaders }
}

export type Relay = {
  /** No trailing slash. */
  url: string
  /** Answered ones, in the order of their answers. */
  passed: Passed[]
  /** The same DSN by way of here. */
  dsn(dsn: string): string
  close(): void
}

/** To the server at `to`, a URL without a path. */
export async function startRelay(to: string): Promise<Relay> {
  const passed: Passed[] = []
  const server = createServer((request, response) => passOn(request, response, to + request.url, (each) => passed.push(each)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${host}`,
    passed,
    dsn: (dsn) => Object.assign(new URL(dsn), { host }).href,
    close: () => void server.close(),
  }
}

/** Body and headers unchanged, there and back. A server that is not there cuts the connection. */
export async function passOn(request: IncomingMessage, response: ServerResponse, to: string, note?: (passed: Passed) => void): Promise<void> {
  const { headers, method } = request
  const body = await buffer(request)
  const onward = ask(to, { method, headers })
  onward.on('error', () => response.destroy())
  onward.on('response', (answer) => {
    const status = answer.statusCode!
    note?.({ headers, body, answer: { status, headers: answer.headers } })
    answer.pipe(response.writeHead(status, answer.headers))
  })
  onward.end(body)
}

/** The types of the items in an envelope. */
export function listItems({ body, headers }: Passed): string[] {
  const encoding = headers['content-encoding']
  const framed = frameEnvelope(encoding === 'gzip' ? gunzipSync(body) : encoding === 'br' ? brotliDecompressSync(body) : body)
  if ('error' in framed) throw new Error(`not an envelope: ${framed.error}`)
  return framed.items.map(({ type }) => type)
}
