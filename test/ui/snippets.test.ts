// What people paste must at least parse (P-01).

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { closestPlatform, platforms } from '../../ui/pages/projects/platforms.ts'
import { snippets } from '../../ui/pages/setup/snippets.ts'

const dsn = 'http://0123456789abcdef0123456789abcdef@localhost:8000/42'
const folder = mkdtempSync(join(tmpdir(), 'refold-snippets-'))
afterAll(() => rmSync(folder, { recursive: true }))

const hasPython = spawnSync('python3', ['--version']).status === 0

/** The parser for a file, where this machine has one. JSX and the rest are read by nobody here. */
function parserOf(file: string | null): string[] | null {
  if (file === null) return ['bash', '-n']
  if (/\.m?js$/.test(file)) return [process.execPath, '--check']
  if (file.endsWith('.py') && hasPython) return ['python3', '-c', 'import ast, sys; ast.parse(open(sys.argv[1]).read())']
  return null
}

test.for(platforms.map(({ id }) => id))('the snippet for %s holds the DSN and parses', (id) => {
  const steps = snippets[id](dsn)
  const { origin, username } = new URL(dsn)
  const text = steps.map(({ code }) => code).join('\n')
  expect(text).toContain(dsn)
  expect(text).toContain(username)
  expect(text).toContain(origin.slice('http://'.length))
  for (const { file, code } of steps) {
    const parser = parserOf(file)
    if (!parser) continue
    const path = join(folder, `snippet.${file === null ? 'sh' : file.endsWith('.py') ? 'py' : 'mjs'}`)
    writeFileSync(path, code)
    expect(() => execFileSync(parser[0]!, [...parser.slice(1), path], { stdio: 'pipe' })).not.toThrow()
  }
})
test('a platform without a snippet falls back to its language, then to curl', () => {
  expect(closestPlatform('python-celery')).toBe('python')
  expect(closestPlatform('cobol')).toBe('other')
  expect(closestPlatform(null)).toBe('other')
})
