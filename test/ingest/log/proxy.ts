// A TCP proxy between the server and its database, for outages: it can lose questions, lose answers, hang, and be gone.

import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type Proxy = {
  /** The same database, through the proxy. */
  url: string
  /** Where the database is now. */
  port: number
  /** Decides for each new connection, and each piece that passes: `lose` = it is swallowed, and the connection with it; `hang` = it is swallowed. */
  judge: (piece: 'connection' | 'question' | 'answer') => 'pass' | 'lose' | 'hang'
  /** Ends every connection. */
  cut(): void
  close(): Promise<void>
}

export async function startProxy(databaseUrl: string): Promise<Proxy> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const database = connect(proxy.port, '127.0.0.1')
    const end = (): void => void [client, database].forEach((socket) => socket.destroy())
    for (const socket of [client, database]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', end)
      socket.on('close', () => {
        sockets.delete(socket)
        end()
      })
    }
    if (proxy.judge('connection') === 'lose') return end()
    const hand = (piece: 'question' | 'answer', to: Socket) => (chunk: Buffer) => {
      const verdict = proxy.judge(piece)
      if (verdict === 'pass') to.write(chunk)
      else if (verdict === 'lose') end()
    }
    client.on('data', hand('question', database))
    database.on('data', hand('answer', client))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(databaseUrl)
  const port = Number(url.port)
  url.port = String((server.address() as AddressInfo).port)
  const proxy: Proxy = {
    url: url.href,
    port,
    judge: () => 'pass',
    cut: () => sockets.forEach((socket) => socket.destroy()),
    close() {
      proxy.cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return proxy
}
