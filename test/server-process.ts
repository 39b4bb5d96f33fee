// The real server for tests in a process of its own, `cli.ts serve`: for kill -9, signals and figures of memory.

import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { atExit } from './at-exit.ts'
import { eventually } from './eventually.ts'

export const owner = { email: 'owner@example.com', password: 'correct horse battery' }
export const organization = 'refold'

export type ServerProcess = {
  url: string
  port: number
  pid: number
  /** What it said on both outputs. */
  output(): string
  /** Sends the signal and waits for the end; the exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>
}

/** Resolves when it answers. A given `port` lets a second process stand in for the first. */
export async function startServerProcess(databaseUrl: string, options: { port?: number; env?: Record<string, string> } = {}): Promise<ServerProcess> {
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const root = path.join(import.meta.dirname, '..')
  // As `npm start` does: compiled code is kept, so that a start need not load the compiler (30 MB), and the young
  // generation stays small (60 MB under load); one arena of malloc for all threads (10 MB).
  const child = spawn(process.execPath, ['--max-semi-space-size=4', 'cli.ts', 'serve'], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: 'node_modules/.cache/node', MALLOC_ARENA_MAX: '1', ...testEnvironment(databaseUrl, port, options.env) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.once('exit', atExit(() => child.kill('SIGKILL')))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<number | NodeJS.Signals>((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal!)))
  await eventually(60_000, 'the server process answers', async () => {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${output}`)
    const response = await fetch(`${url}/_health/`).catch(() => undefined)
    return response?.ok || undefined
  })
  return {
    url,
    port,
    pid: child.pid!,
    output: () => output,
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}

export function testEnvironment(databaseUrl: string, port: number, env: Record<string, string> = {}): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl, DATA_DIR: path.join(tmpdir(), `refold-test-data-${port}`), HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}`, ORGANIZATION: organization,
    CREATE_SUPERUSER: `${owner.email}:${owner.password}`, SESSION_SECRET_KEY: 's'.repeat(32), LOG_LEVEL: 'warn', ...env,
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
