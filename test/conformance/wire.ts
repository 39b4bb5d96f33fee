// A client's side of one keep-alive connection, byte by byte, for requests that no HTTP library would send. Connects again when the
// server has closed.

import { connect, type Socket } from 'node:net'

/** `status` 0: the connection was closed without an answer. */
export type Reply = { status: number; body: string; ms: number }
export type Wire = {
  /** One request at a time. */
  ask(request: Buffer): Promise<Reply>
  close(): void
}

export function openWire(port: number): Wire {
  let socket: Socket | undefined
  return {
    ask(request) {
      const started = performance.now()
      if (!socket?.writable) {
        socket = connect({ port, host: '127.0.0.1', noDelay: true })
        socket.on('error', () => undefined)
      }
      const current = socket
      return new Promise((resolve) => {
        let received = ''
        const finish = (reply: Omit<Reply, 'ms'>): void => {
          current.removeAllListeners('data').removeAllListeners('close')
          resolve({ ...reply, ms: performance.now() - started })
        }
        current.on('data', (chunk: Buffer) => {
          received += chunk.toString('latin1')
          const reply = readReply(received)
          if (!reply) return
          if (reply.closes) current.destroy()
          finish(reply)
        })
        current.on('close', () => finish({ status: 0, body: received }))
        current.write(request)
      })
    },
    close: () => void socket?.destroy(),
  }
}

function readReply(received: string): { status: number; body: string; closes: boolean } | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = received.slice(0, end).toLowerCase()
  const body = received.slice(end + 4)
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1]
  const complete = length !== undefined ? body.length >= Number(length) : !head.includes('\r\ntransfer-encoding: chunked') || body.endsWith('\r\n0\r\n\r\n') || body === '0\r\n\r\n'
  return complete ? { status: Number(head.slice(9, 12)), body, closes: head.includes('\r\nconnection: close') } : undefined
}

/** An HTTP request with a length that is right, unless the headers name another. */
export function formatRequest(path: string, headers: string[], body: Uint8Array, method = 'POST'): Buffer {
  const length = headers.some((header) => /^(content-length|transfer-encoding):/i.test(header)) ? [] : [`content-length: ${body.length}`]
  return Buffer.concat([Buffer.from(`${[`${method} ${path} HTTP/1.1`, 'host: 127.0.0.1', ...headers, ...length].join('\r\n')}\r\n\r\n`, 'latin1'), body])
}
