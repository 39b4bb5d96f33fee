// A TCP proxy between the server and its database, for outages: it can lose questions, lose answers, and be gone.

import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type Proxy = {
  /** The same database, through the proxy. */
  url: string
  /** Where the database is now. */
  port: number
  /** Decides for each piece that passes, and each new connection. `lose` = it is swallowed, and the connection with it. */
  judge: (piece: 'connection' | 'question' | 'answer') => 'pass' | 'lose'
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
    client.on('data', (chunk) => (proxy.judge('question') === 'pass' ? database.write(chunk) : end()))
    database.on('data', (chunk) => (proxy.judge('answer') === 'pass' ? client.write(chunk) : end()))
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
