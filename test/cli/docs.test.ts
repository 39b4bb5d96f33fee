// What the pages say of the command line, against the table of commands.

import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readInput } from '../../cli/arguments.ts'
import { commands } from '../../cli/commands.ts'
import { exitCodes } from '../../cli/failure.ts'

const root = path.join(import.meta.dirname, '../..')
const read = (page: string): string => readFileSync(path.join(root, page), 'utf8')
const pages = ['README.md', ...globSync('docs/*.md', { cwd: root })]

/** `refold …` at the start of a line of a code block, in `$(…)` or in code quotes, as words; what follows as a comment or in a pipe is not meant. */
function listLines(page: string): string[][] {
  const text = read(page)
  const blocks = [...text.matchAll(/^```sh\n([^]*?)^```/gm)].flatMap(([, block]) => [...block!.matchAll(/(?:^|[($])(?:npx )?refold ([^|#)\n]*)/gm)])
  const spans = [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/`refold ([^`…]+)`/g)]
  return [...blocks, ...spans].map(([, line]) => line!.split(' > ')[0]!.match(/'[^']*'|\S+/g) ?? [])
}

const lines = pages.flatMap((page) => listLines(page).map((words) => ({ page, words })))

test('every command line in them is understood', () => {
  expect(lines.length).toBeGreaterThan(40)
  for (const { page, words } of lines) {
    const line = words.join(' ')
    const name = Object.keys(commands).find((each) => `${line} `.startsWith(`${each} `))
    if (words.includes('--help')) continue
    expect(name, `${page}: refold ${line}`).toBeDefined()
    const { options, usage } = commands[name!]!
    expect(() => readInput(words.slice(name!.split(' ').length), options, usage), `${page}: refold ${line}`).not.toThrow()
  }
})

test('docs/cli.md names every command, alone or with its kind, and every exit code', () => {
  const page = read('docs/cli.md')
  for (const name of Object.keys(commands)) expect(page.includes(name) || page.includes(`\`${name.split(' ')[0]} …\``), name).toBe(true)
  expect([...page.matchAll(/^\| (\d) \|/gm)].map(([, code]) => code)).toEqual(Object.keys(exitCodes))
})
