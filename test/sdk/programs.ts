// Runs the programs of test/sdk/programs, each a shop that a user of that language would write. Their SDKs come from their own
// registries, once, into the cache: where a tool-chain or a registry is missing, that is the reason to skip, not a failure.

import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { beforeAll, beforeEach } from 'vitest'

const programs = path.join(import.meta.dirname, 'programs')
const cacheRoot = path.join(import.meta.dirname, '../../node_modules/.cache/sdk')

type Command = readonly [string, ...string[]]
export type Ended = { code: number | null; output: string }

/** What it takes to run one program; each step is a function of the cache folder that is its own. */
export type Language = {
  name: 'python' | 'go' | 'rust' | 'java'
  /** Must answer, or the tool-chain is missing. */
  tools: readonly Command[]
  /** From the registry; a failure means that it cannot be reached. */
  fetch(cache: string): readonly Command[]
  /** Of our own program; a failure is one. */
  build(cache: string): readonly Command[]
  start(cache: string): Command
}

/** Resolves when it ended, with all it said; `code` is null when it could not be started, or a signal ended it. */
export function runCommand([command, ...args]: Command, options: { cwd?: string; env?: NodeJS.ProcessEnv; gently?: boolean } = {}): Promise<Ended> {
  const { gently = false, ...spawning } = options
  const child = spawn(command, args, { ...spawning, stdio: ['ignore', 'pipe', 'pipe'] })
  // A compiler takes what processors there are: the tests beside it, some with deadlines, go first.
  if (gently && child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: null, output: error.message }))
    child.on('close', (code) => resolve({ code, output }))
  })
}

/** Before all tests of the file the program is built; all of them are skipped where it cannot be. The function runs a scenario. */
export function useProgram(language: Language): (scenario: string, dsn: string) => Promise<Ended> {
  const cwd = path.join(programs, language.name)
  const cache = path.join(cacheRoot, language.name)
  let missing: string | undefined
  beforeAll(async () => {
    missing = await prepareProgram(language, cwd, cache)
  }, 600_000)
  beforeEach(({ task, skip }) => {
    if (missing === undefined) return
    task.meta.skipped = `${language.name}: ${missing}`
    skip(task.meta.skipped)
  })
  return (scenario, dsn) => runCommand([...language.start(cache), scenario], { cwd, env: { PATH: process.env.PATH, DSN: dsn } })
}

/** What is missing, if anything. Throws when the program does not build. */
async function prepareProgram(language: Language, cwd: string, cache: string): Promise<string | undefined> {
  for (const tool of language.tools) if ((await runCommand(tool)).code !== 0) return `no ${tool.join(' ')} on this machine`
  mkdirSync(cache, { recursive: true })
  // Only the tool-chain that is there, none from the network.
  const env = { ...process.env, GOTOOLCHAIN: 'local' }
  for (const step of language.fetch(cache)) {
    const { code, output } = await runCommand(step, { cwd, env, gently: true })
    if (code !== 0) return `${step.join(' ')}: ${output.trim().split('\n').at(-1)}`
  }
  for (const step of language.build(cache)) {
    const { code, output } = await runCommand(step, { cwd, env, gently: true })
    if (code !== 0) throw new Error(`${step.join(' ')}\n${output}`)
  }
  return undefined
}

declare module 'vitest' {
  interface TaskMeta {
    /** Why the test did not run; .ci/count.ts tells. */
    skipped?: string
  }
}
