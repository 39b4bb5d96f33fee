// What may not stand in the code (architecture 2 and 10), found in the syntax tree: a word in a comment or a text is no offence.

import { expect, test } from 'vitest'
import { at, listNodes, listSources, rooms, runners, type Node, type Source } from './sources.ts'

const everywhere = [...rooms, ...runners]

/** What `judge` says about each node, as file:line. */
function findOffenders(sources: Source[], judge: (node: Node, parent: Node | null) => string | undefined): string[] {
  return sources.flatMap((source) =>
    listNodes(source).flatMap(({ node, parent }) => {
      const offence = judge(node, parent)
      return offence === undefined ? [] : [at(source, node.start, offence)]
    }),
  )
}

const outside = new Set(['process', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'performance', 'crypto', 'globalThis', 'require'])

/** A name that is used, not the name of a property or a field. */
function isReference(node: Node, parent: Node | null): boolean {
  if (node.type !== 'Identifier') return false
  if (parent?.type === 'MemberExpression') return parent.object === node
  return !(parent?.type.includes('Property') && parent.key === node && parent.shorthand !== true) && !parent?.type.startsWith('TS')
}

function judgePurity(node: Node, parent: Node | null): string | undefined {
  if (isReference(node, parent) && outside.has(String(node.name))) return String(node.name)
  const callee = node.callee as Node | undefined
  if (node.type === 'NewExpression' && callee?.name === 'Date' && (node.arguments as Node[]).length === 0) return 'new Date() without an argument'
  if (node.type === 'CallExpression' && callee?.name === 'Date') return 'Date()'
  if (node.type !== 'MemberExpression') return undefined
  const member = `${String((node.object as Node).name)}.${String((node.property as Node).name)}`
  return ['Date.now', 'Math.random', 'AbortSignal.timeout'].includes(member) ? member : undefined
}

test('core knows no clock, randomness, environment or network', () => {
  expect(findOffenders(listSources(['core']), judgePurity)).toEqual([])
})

test('a clock, a random number or the environment in core would be found', () => {
  const text = ['const a = Date.now()', 'const b = new Date()', 'const c = Math.random()', 'const d = process.env.X', "await fetch('x')", 'setTimeout(f, 1)', 'AbortSignal.timeout(1)', 'const fine = { process: new Date(0) }, x = y.fetch'].join('\n')
  const found = findOffenders([{ file: 'core/x.ts', room: 'core', text }], judgePurity)
  expect(found.map((line) => line.split(' ')[0])).toEqual([1, 2, 3, 4, 5, 6, 7].map((line) => `core/x.ts:${line}`))
})

test('no `any`', () => {
  expect(findOffenders(listSources(everywhere), (node) => (node.type === 'TSAnyKeyword' ? 'any' : undefined))).toEqual([])
})

test('SQL lists its columns; only verify compares whole rows', () => {
  const star = /\b(?:select|returning)\s+(?:\w+\.)?\*/i
  const inCode = findOffenders(
    listSources(['core', 'ingest', 'projections', 'migrations', ...runners]).filter(({ file }) => file !== 'projections/verify.ts'),
    (node) => star.exec(node.type === 'TemplateElement' ? (node.value as { raw: string }).raw : node.type === 'Literal' ? String(node.value) : '')?.[0],
  )
  const inMigrations = listSources(['migrations'], ['.sql']).flatMap((source) => {
    const found = star.exec(source.text)
    return found ? [at(source, found.index, found[0])] : []
  })
  expect([...inCode, ...inMigrations]).toEqual([])
})

test('the app never writes HTML as text', () => {
  const writers = new Set(['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'document.write', 'setHTMLUnsafe', 'srcdoc'])
  const judge = (node: Node): string | undefined => ((node.type === 'Identifier' || node.type === 'JSXIdentifier') && writers.has(String(node.name)) ? String(node.name) : undefined)
  expect(findOffenders(listSources(['ui']), judge)).toEqual([])
})
