// The dependency rule (architecture 2), by the import statements: who may know whom.

import { describe, expect, test } from 'vitest'
import { listImports, listSources, resolveImport, rooms, type Source } from './sources.ts'

const mayImport: Record<string, readonly string[]> = {
  core: ['core'],
  ingest: ['ingest', 'core'],
  projections: ['projections', 'core'],
  ui: ['ui', 'core'],
  migrations: ['migrations'],
}

/** Pure and small; anything that reads a clock, a disk or a socket stays out. */
const packagesOfCore = ['node:crypto', 'node:zlib', 'node:buffer', 'zod', 're2js', 'bowser', 'isbot']

describe.each(Object.entries(mayImport))('%s', (room, allowed) => {
  test(`imports of our own files only ${allowed.join(' and ')}`, () => {
    expect(listSources([room]).flatMap((source) => findStrangers(source, allowed))).toEqual([])
  })
})

test('core imports no package beside those few', () => {
  const strangers = listSources(['core']).flatMap((source) =>
    listImports(source)
      .filter(({ specifier }) => !specifier.startsWith('.') && !packagesOfCore.includes(specifier))
      .map(({ specifier, line }) => `${source.file}:${line} imports ${specifier}`),
  )
  expect(strangers).toEqual([])
})

test('core takes no random numbers from node:crypto', () => {
  const random = listSources(['core']).flatMap(({ file, text }) =>
    text.split('\n').flatMap((line, index) => (/\brandom(?:Bytes|UUID|Int|Fill)/.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  )
  expect(random).toEqual([])
})

test('the app takes from core no file that brings zod or a node module to the browser', () => {
  const core = new Map(listSources(['core']).map((source) => [source.file, listImports(source).filter(({ typeOnly }) => !typeOnly)]))
  const heavy = (file: string, seen: Set<string> = new Set()): string | undefined => {
    if (seen.has(file)) return undefined
    seen.add(file)
    for (const { specifier } of core.get(file) ?? []) {
      const target = resolveImport(file, specifier)
      const found = target === null ? `${file} imports ${specifier}` : heavy(target, seen)
      if (found) return found
    }
    return undefined
  }
  const strangers = listSources(['ui']).flatMap((source) =>
    listImports(source).flatMap(({ specifier, line, typeOnly }) => {
      const target = resolveImport(source.file, specifier)
      const why = !typeOnly && target?.startsWith('core/') ? heavy(target) : undefined
      return why ? [`${source.file}:${line} imports ${target}, and ${why}`] : []
    }),
  )
  expect(strangers).toEqual([])
})

test('the imports of every room are read at all', () => {
  for (const room of rooms) expect(listSources([room]).flatMap(listImports).length, room).toBeGreaterThan(0)
})

test('an import from a forbidden room would be found', () => {
  const source: Source = { file: 'core/x.ts', room: 'core', text: `export { a }\n  from '../ingest/a.ts'\nconst b = await import('../ui/b.ts')\ntype C = import('../test/c.ts').C` }
  expect(findStrangers(source, ['core'])).toEqual(['core/x.ts:1 imports ingest/a.ts', 'core/x.ts:3 imports ui/b.ts', 'core/x.ts:4 imports test/c.ts'])
})

function findStrangers(source: Source, allowed: readonly string[]): string[] {
  return listImports(source).flatMap(({ specifier, line }) => {
    const target = resolveImport(source.file, specifier)
    return target === null || allowed.includes(target.split('/')[0]!) ? [] : [`${source.file}:${line} imports ${target}`]
  })
}
