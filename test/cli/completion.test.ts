// What Tab offers: from the table of commands, and in the real shell.

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listCandidates } from '../../cli/candidates.ts'
import { commands } from '../../cli/commands.ts'

const run = promisify(execFile)
const cli = path.join(import.meta.dirname, '../../cli.ts')

describe('candidates', () => {
  test.each<[string, string[] | 'projects']>([
    ['se', ['serve', 'send']],
    ['issues re', ['resolve']],
    ['issues', ['issues']],
    ['issues ', ['list', 'show', 'resolve', 'unresolve', 'archive', 'assign', 'delete', 'comment']],
    ['nothing ', []],
    ['issues list --so', ['--sort']],
    ['issues list --query x --q', []],
    ['token create --scope a --sc', ['--scope']],
    ['issues list --sort ', []],
    ['issues list --sort freq ', 'projects'],
    ['issues resolve --project ', 'projects'],
    ['issues list shop ', []],
    ['keys disable s', 'projects'],
    ['keys disable shop ', []],
    ['rebuild ', 'projects'],
    ['completion ', ['bash', 'zsh', 'fish']],
    ['--h', ['--help']],
  ])('after "refold %s"', (line, expected) => {
    expect(listCandidates(commands, line.split(' '))).toEqual(expected)
  })

  test('every option of every command is offered by its first letters', () => {
    for (const [name, { options }] of Object.entries(commands)) for (const option of Object.keys(options)) expect(listCandidates(commands, [...name.split(' '), `--${option}`])).toContain(`--${option}`)
  })
})

describe('the script for', () => {
  let folder: string
  let env: Record<string, string>
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'refold-completion-'))
    writeFileSync(path.join(folder, 'refold'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`, { mode: 0o755 })
    env = { PATH: `${folder}:${process.env.PATH}`, HOME: folder }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('bash completes commands, options, and nothing where files may be meant', async () => {
    const complete = (words: string): string => `COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _refold; echo "\${COMPREPLY[*]}"`
    const { stdout } = await run('bash', ['-c', ['source <(refold completion bash)', complete('refold issues un'), complete('refold keys ""'), complete('refold regroup shop --ro'), complete('refold regroup --rules ""')].join('\n')], { env })
    expect(stdout).toBe('unresolve\nlist create disable enable\n--rollback\n\n')
  })

  const has = (shell: string): boolean => (process.env.PATH ?? '').split(':').some((each) => existsSync(path.join(each, shell)))

  test.runIf(has('fish'))('fish completes', { meta: { skipped: 'there is no fish on this machine' } }, async () => {
    const { stdout } = await run('fish', ['-c', 'refold completion fish | source; complete --do-complete "refold issues un"'], { env })
    expect(stdout.trim()).toBe('unresolve')
  })

  test.runIf(has('zsh'))('zsh can be read', { meta: { skipped: 'there is no zsh on this machine' } }, async () => {
    const { stderr } = await run('zsh', ['-c', 'autoload -U compinit && compinit -u && source <(refold completion zsh) && (( $+functions[_refold] ))'], { env })
    expect(stderr).toBe('')
  })
})
