// One request with exactly these headers, no Content-Type of its own, over a connection of its own.

import { request } from 'node:http'
import { A, EV, H1, type Sent } from './case.ts'

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string; bytes: Buffer }

const bodiless = ['GET', 'HEAD', 'DELETE', 'OPTIONS']

export function send(port: number, sent: Sent, fill: (text: string) => string): Promise<Answer> {
  const { method = 'POST', path = '/api/$PROJECT/envelope/', headers = A, body = `${H1}\n${EV}` } = sent
  const filled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? fill(value) : value.map(fill)]))
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, host: '127.0.0.1', method, path: fill(path), headers: filled, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        resolve({ status: response.statusCode!, headers: response.headers, text: bytes.toString(), bytes })
      })
      response.on('error', reject)
    })
    outgoing.on('error', reject)
    if (bodiless.includes(method)) return void outgoing.end()
    if (!Array.isArray(body)) return void outgoing.end(typeof body === 'string' && body.length < 10_000 ? fill(body) : body)
    for (const chunk of body) outgoing.write(chunk)
    outgoing.end()
  })
}
