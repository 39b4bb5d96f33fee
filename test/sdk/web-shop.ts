// A shop on the web for real browsers: a page with one button and its script, on another origin than the server's, so that
// CORS is what it is in the wild. Its route /tunnel is for pages whose visitors block what goes to other origins.

import { createServer, type OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { build } from 'vite'
import { passOn } from './relay.ts'

const page = '<!doctype html><html lang="en"><title>Shop</title><script type="module" src="/shop.js"></script><main><h1>Shop</h1><button>Buy</button></main></html>'

export type WebShop = {
  /** No trailing slash. */
  url: string
  close(): void
}

/** `entry` is a script of this folder, bundled as a shop would. `tunnel` is where envelopes go that are posted to /tunnel. */
export async function startWebShop(entry: string, options: { headers?: OutgoingHttpHeaders; tunnel?: string } = {}): Promise<WebShop> {
  const script = await bundle(entry)
  const server = createServer((request, response) => {
    if (request.url === '/tunnel' && options.tunnel !== undefined) return void passOn(request, response, options.tunnel)
    const isScript = request.url === '/shop.js'
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html', ...options.headers }).end(isScript ? script : page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() }
}

async function bundle(entry: string): Promise<string> {
  const bundled = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry: path.join(import.meta.dirname, entry), formats: ['es'], fileName: 'shop' } },
  })
  return [bundled].flat().flatMap((result) => ('output' in result ? result.output : [])).find((chunk) => chunk.type === 'chunk')!.code
}
