// Reading a body off a real socket: what is held while reading is given back, whatever becomes of the request.
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { ClientRequest, IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createBodyRoom, readBody, releaseBody } from '../../../ingest/sdk/body.ts'
import { isRejection } from '../../../ingest/sdk/errors.ts'
import { A, EV, H1, KEY, otherKey, startSdkServer } from './start-sdk-server.ts'

const MiB = 1024 * 1024

let server: Server
let port: number
beforeEach(async () => {
  server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  port = (server.address() as AddressInfo).port
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** The server's side of a request that is still being sent. */
async function open(): Promise<{ client: ClientRequest; stream: IncomingMessage }> {
  const client = request({ port, host: '127.0.0.1', method: 'POST', agent: false })
  client.on('error', () => {})
  client.flushHeaders()
  const [stream] = (await once(server, 'request')) as [IncomingMessage]
  return { client, stream }
}

test('a body in many chunks arrives whole, and is held until it is released', async () => {
  const room = createBodyRoom()
  const { client, stream } = await open()
  const chunks = Array.from({ length: 30 }, (_, at) => Buffer.alloc(100_000, at))
  for (const chunk of chunks) client.write(chunk)
  client.end()
  const body = (await readBody(stream, room)) as Buffer
  expect(Buffer.compare(body, Buffer.concat(chunks))).toBe(0)
  expect(room.held).toBe(3_000_000 - MiB)
  releaseBody(room, body)
  expect(room.held).toBe(0)
})

test('large bodies beyond the room are refused, small ones are not', async () => {
  const room = createBodyRoom(2 * MiB)
  const first = await open()
  const held = readBody(first.stream, room)
  first.client.write(Buffer.alloc(2.5 * MiB))
  await expect.poll(() => room.held).toBe(1.5 * MiB)
  const second = await open()
  second.client.end(Buffer.alloc(3 * MiB))
  expect(await readBody(second.stream, room)).toMatchObject({ status: 429 })
  const small = await open()
  small.client.end(Buffer.alloc(MiB))
  expect(await readBody(small.stream, room)).toHaveLength(MiB)
  first.client.end()
  releaseBody(room, (await held) as Buffer)
  expect(room.held).toBe(0)
})

test('a client that goes away gives back what was held', async () => {
  const room = createBodyRoom()
  const { client, stream } = await open()
  const reading = readBody(stream, room)
  client.write(Buffer.alloc(2 * MiB))
  await expect.poll(() => room.held).toBe(MiB)
  client.destroy()
  expect(isRejection(await reading)).toBe(true)
  expect(room.held).toBe(0)
})

test('a client that went away before the reading began does not leave it waiting', async () => {
  const { client, stream } = await open()
  client.destroy()
  await once(stream, 'close').catch(() => {})
  expect(await readBody(stream, createBodyRoom())).toMatchObject({ status: 400 })
})

test('a refusal that does not read the body reaches the client, and the connection serves on', async () => {
  const sdk = await startSdkServer()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const send = (key: string, body: Buffer | string): Promise<[number, boolean]> =>
    new Promise((resolve, reject) => {
      const sent = request({ port: sdk.port, host: '127.0.0.1', method: 'POST', path: '/api/42/envelope/', agent, headers: { 'x-sentry-auth': A['x-sentry-auth'].replace(KEY, key) } }, (answer) => {
        answer.resume().on('end', () => resolve([answer.statusCode!, sent.reusedSocket]))
      })
      sent.on('error', reject)
      sent.end(body)
    })
  // Node's client gives up a connection that answers before it has finished writing: only the answer counts here.
  expect(await send(otherKey, Buffer.alloc(5 * MiB))).toEqual([403, false])
  expect(await send(otherKey, Buffer.alloc(10_000))).toEqual([403, false])
  expect(await send(KEY, `${H1}\n${EV}`)).toEqual([200, true])
  agent.destroy()
  await sdk.close()
})
