// The command line as a person meets it: real processes, each test file in a temporary folder of its own.

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { removeNow, atExit } from '../at-exit.ts'

export const cli = path.join(import.meta.dirname, '../../cli.ts')

export type Finished = { code: number | null; stdout: string; stderr: string; last: string }
export type Server = { process: ChildProcess; output(): string; stop(signal: NodeJS.Signals): Promise<number | null> }

export type Place = {
  url: string
  dataDir: string
  refold(...args: string[]): Promise<Finished>
  /** Resolves when it listens. `npm` starts it as the README says, through npm. */
  serve(by?: 'npm'): Promise<Server>
  /** Process id of the embedded PostgreSQL, null when none runs. */
  postgres(): number | null
  /** Ends what still runs and removes the folder. */
  remove(): Promise<void>
}

export async function makePlace(over: Record<string, string> = {}): Promise<Place> {
  const folder = mkdtempSync(path.join(tmpdir(), 'refold-cli-'))
  const dataDir = path.join(folder, 'data')
  const port = await findFreePort()
  const env = { PATH: process.env.PATH, HOME: folder, DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'warn', ...over }
  const running = new Set<ChildProcess>()
  const kept = atExit(() => {
    for (const child of running) child.kill('SIGKILL')
    removeNow(folder, dataDir)
  })
  const start = (program: string, args: string[], cwd = folder): ChildProcess => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    child.on('exit', () => running.delete(child))
    return child
  }

  async function refold(...args: string[]): Promise<Finished> {
    const child = start(process.execPath, [cli, ...args])
    const [stdout, stderr] = await Promise.all([text(child.stdout!), text(child.stderr!), child.exitCode ?? once(child, 'exit')])
    return { code: child.exitCode, stdout, stderr, last: stdout.trimEnd().split('\n').at(-1)! }
  }

  async function serve(by?: 'npm'): Promise<Server> {
    const child = by === 'npm' ? start('npm', ['start'], path.dirname(cli)) : start(process.execPath, [cli, 'serve'])
    let output = ''
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (output += String(chunk)))
    while (!output.includes('Open ')) {
      if (child.exitCode !== null) throw new Error(`the server ended: ${output}`)
      await sleep(20)
    }
    async function stop(signal: NodeJS.Signals): Promise<number | null> {
      const exit = once(child, 'exit')
      child.kill(signal)
      await exit
      return child.exitCode
    }
    return { process: child, output: () => output, stop }
  }

  function postgres(): number | null {
    const file = path.join(dataDir, 'postgres/postmaster.pid')
    return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n', 1)[0]) : null
  }

  async function remove(): Promise<void> {
    for (const child of running) child.kill('SIGKILL')
    for (let pid = postgres(); pid !== null && isPostgres(pid); pid = postgres()) {
      process.kill(pid, 'SIGINT')
      await sleep(50)
    }
    rmSync(folder, { recursive: true, force: true })
    kept()
  }

  return { url: `http://127.0.0.1:${port}`, dataDir, refold, serve, postgres, remove }
}

export function isPostgres(pid: number): boolean {
  const file = `/proc/${pid}/cmdline`
  return existsSync(file) && readFileSync(file, 'utf8').includes('postgres')
}

/** Below the range from which the system takes ports by itself: it must stay free while no server runs. */
async function findFreePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000)
    const server = createServer().listen(port, '127.0.0.1')
    const isFree = await once(server, 'listening').then(() => true, () => false)
    server.close()
    if (isFree) return port
  }
}
