// The shape of the repository and of its files (architecture 2 and 10).

import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { listSources, root, rooms, runners } from './sources.ts'

const topLevel = [
  ...rooms, ...runners, 'docs', 'docker-compose.yml', 'Dockerfile', 'package.json', 'package-lock.json', 'tsconfig.json', 'README.md', 'LICENSE', '.ci',
]
/** What git and the tools look for at the root. */
const configuration = ['.git', '.gitignore', '.dockerignore', '.oxlintrc.json', '.npmrc', '.vite', '.vitest', 'vitest.config.ts']

const everywhere = [...rooms, ...runners]

test('the top level is the rooms, the runners and what tools need', () => {
  const ignored = readFileSync(path.join(root, '.gitignore'), 'utf8').split('\n').map((line) => line.replaceAll('/', ''))
  const found = readdirSync(root).filter((name) => !ignored.includes(name) && !name.endsWith('.log') && !configuration.includes(name))
  expect(found.toSorted()).toEqual(topLevel.toSorted())
})

test('no file is over 300 lines without a reason in its first lines', () => {
  const long = listSources(everywhere, ['.ts', '.tsx', '.css', '.sql']).flatMap(({ file, text }) => {
    const lines = text.split('\n')
    const reason = lines.slice(0, 10).some((line) => /over 300 lines/i.test(line))
    return lines.length > 301 && !reason ? [`${file}:301 of ${lines.length - 1}`] : []
  })
  expect(long).toEqual([])
})

test('nine files in ten have at most 200 lines, and half of them at most 80', () => {
  const lengths = listSources(everywhere).map(({ text }) => text.split('\n').length - 1).sort((a, b) => a - b)
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(80)
  expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(200)
})

test('every file starts with a paragraph that says its place; a test says it by its sentences', () => {
  const silent = listSources(everywhere).filter(({ file }) => !/\.test\.tsx?$/.test(file)).flatMap(({ file, text }) => (/^(?:#!.*\n+)?(?:\/\/ \S|\/\*)/.test(text) ? [] : [`${file}:1 ${text.split('\n', 1)[0]}`]))
  expect(silent).toEqual([])
})

test('no file is named for what it might hold', () => {
  const vague = /(?:^|[/.-])(?:utils?|helpers?|managers?|services?|misc|common|index)\.tsx?$/i
  expect(listSources(everywhere).map(({ file }) => file).filter((file) => vague.test(file))).toEqual([])
})
