// What the pages say against the code they speak of: links, names, tables, errors, variables.

import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { errorTable } from '../../core/errors.ts'
import { root } from './sources.ts'

const pages = ['README.md', ...globSync('docs/*.md', { cwd: root })]
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')

type Link = { page: string; label: string; target: string }
const links: Link[] = pages.flatMap((page) =>
  [...read(page).matchAll(/(?<!!)\[([^\]]+)\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, label, target]) => ({ page, label: label!, target: path.join(path.dirname(page), target!) })),
)

test('every link leads to a file', () => {
  expect(links.length).toBeGreaterThan(40)
  expect(links.filter(({ target }) => !existsSync(path.join(root, target)))).toEqual([])
})

test('every function that a link names is in the file it leads to', () => {
  const named = links.filter(({ label, target }) => /^`\w+`$/.test(label) && /\.tsx?$/.test(target))
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter(({ label, target }) => !read(target).includes(`function ${label.slice(1, -1)}`))).toEqual([])
})

/** Rows of a Markdown table, by their first cell in code quotes. */
const rows = (page: string): Map<string, string> =>
  new Map([...read(page).matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, name, rest]) => [name!, rest!]))

test('docs/api.md has the errors of core/errors.ts', () => {
  const table = Object.entries(errorTable).map(([code, [status, detail]]) => [code, `${status} | ${detail}`])
  expect([...rows('docs/api.md')]).toEqual(table)
})

test('docs/schema.md has the tables of the migrations', () => {
  const tables = globSync('migrations/*.sql', { cwd: root }).flatMap((file) => [...read(file).matchAll(/^create table (\w+)/gm)].map(([, name]) => name!))
  expect([...rows('docs/schema.md').keys()].toSorted()).toEqual([...tables, 'migration'].toSorted())
})

test('the README has the variables of core/config.ts', () => {
  const variables = [...read('core/config.ts').matchAll(/\b(?:get|integer|oneOf|url)\('([A-Z_]+)'/g)].map(([, name]) => name!)
  expect([...rows('README.md').keys()].filter((name) => name === name.toUpperCase()).toSorted()).toEqual([...new Set(variables)].toSorted())
})

test('the README has the scripts of package.json that it names', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = [...read('README.md').matchAll(/npm (?:run (\w+)|(start|test))\b/g)].map(([, script, short]) => (script ?? short)!)
  expect(named).toContain('start')
  expect(named.filter((script) => !(script in scripts))).toEqual([])
})

test('the image holds every room that the server is made of', () => {
  const copied = [...read('Dockerfile').split('FROM').at(-1)!.matchAll(/^COPY (.*) \S+$/gm)].flatMap(([, names]) => names!.split(' '))
  const needed = new Set(['main.ts', 'cli.ts'].flatMap((file) => [...read(file).matchAll(/from '\.\/([\w.]+)/g)].map(([, name]) => name!)))
  expect([...needed].filter((name) => !copied.includes(name))).toEqual([])
})
