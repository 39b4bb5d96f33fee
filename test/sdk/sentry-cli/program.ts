// sentry-cli itself, which npm has for Linux on x64 only, against a server of the test: with a home of its own and nothing else of
// this machine, so that no settings here matter and it asks nobody but that server.

import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { runCommand, type Ended } from '../programs.ts'

const binary = path.join(import.meta.dirname, '../../../node_modules/@sentry/cli-linux-x64/bin/sentry-cli')

export type Cli = {
  /** Its home and working folder, empty at first. */
  folder: string
  /** Resolves when it ended, however it did. */
  end(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended>
  /** What it printed; fails the test when it did not end well. */
  run(...args: string[]): Promise<string>
}

/** For all tests of a file, which are skipped where there is none. `environment`: read at each run. */
export function useSentryCli(environment: () => Record<string, string>): Cli {
  const cli: Cli = {
    folder: '',
    end: (args, env = {}) =>
      runCommand([binary, ...args], { cwd: cli.folder, env: { PATH: process.env.PATH, HOME: cli.folder, SENTRY_DISABLE_UPDATE_CHECK: '1', ...environment(), ...env } }),
    async run(...args) {
      const { code, output } = await cli.end(args)
      expect(code, `${args.join(' ')}\n${output}`).toBe(0)
      return output
    },
  }
  beforeAll(async () => void (cli.folder = await mkdtemp(path.join(tmpdir(), 'refold-cli-'))))
  afterAll(() => rm(cli.folder, { recursive: true }))
  beforeEach(({ task, skip }) => {
    if (existsSync(binary)) return
    task.meta.skipped = 'sentry-cli: not on this machine'
    skip(task.meta.skipped)
  })
  return cli
}
