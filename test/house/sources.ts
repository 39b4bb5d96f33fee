// The repository as the house tests see it: every source file, parsed by the bundler's own parser.

import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'vite'

export const root = path.join(import.meta.dirname, '../..')
export const rooms = ['core', 'ingest', 'projections', 'ui', 'migrations', 'test'] as const
export const runners = ['main.ts', 'cli.ts', 'cli', 'client.ts']

export type Node = { type: string; start: number; [field: string]: unknown }
export type Source = { file: string; text: string; room: string }
export type Import = { specifier: string; line: number; typeOnly: boolean }

/** Files of these rooms and runners with one of the endings, paths from the root. */
export function listSources(where: readonly string[], endings: readonly string[] = ['.ts', '.tsx']): Source[] {
  const names = readdirSync(root, { withFileTypes: true }).filter((entry) => where.includes(entry.name))
  const files = names.flatMap((entry) =>
    entry.isFile() ? [entry.name] : readdirSync(path.join(root, entry.name), { recursive: true, encoding: 'utf8' }).map((name) => `${entry.name}/${name}`),
  )
  return files
    .filter((file) => endings.includes(path.extname(file)))
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8'), room: file.split('/')[0]! }))
}

/** `file:line what`: what a terminal makes a link of. */
export function at({ file, text }: Source, offset: number, what: string): string {
  return `${file}:${text.slice(0, offset).split('\n').length} ${what}`
}

/** All nodes of a file, in order, each with its parent. */
export function listNodes({ file, text }: Source): { node: Node; parent: Node | null }[] {
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]!.message}`)
  const found: { node: Node; parent: Node | null }[] = []
  const visit = (value: unknown, parent: Node | null): void => {
    if (Array.isArray(value)) return value.forEach((entry) => visit(entry, parent))
    if (typeof value !== 'object' || value === null) return
    const node = 'type' in value && 'start' in value ? (value as Node) : parent
    if (node !== parent) found.push({ node: node!, parent })
    for (const child of Object.values(value)) visit(child, node)
  }
  visit(program, null)
  return found
}

/** Static and dynamic imports, re-exports and `import('…')` types. Calls with a computed name are not seen. */
export function listImports(source: Source): Import[] {
  return listNodes(source).flatMap(({ node }) => {
    const from = node.source as Node | null | undefined
    if (!from || typeof from.value !== 'string') return []
    const specifiers = (node.specifiers ?? []) as Node[]
    const typeOnly =
      node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type' ||
      (specifiers.length > 0 && specifiers.every((each) => each.importKind === 'type' || each.exportKind === 'type'))
    return [{ specifier: from.value, line: source.text.slice(0, node.start).split('\n').length, typeOnly }]
  })
}

/** The file a relative import means, from the root; null for a package. */
export function resolveImport(file: string, specifier: string): string | null {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : null
}
