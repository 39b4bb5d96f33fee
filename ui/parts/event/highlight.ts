// Colours source by highlight.js' token tree, loaded after the plain text is on the page (D-04). Tokens are data: no HTML
// is ever made of them.

import type { HLJSApi, LanguageFn } from 'highlight.js'

export type Kind = 'keyword' | 'string' | 'number' | 'comment' | 'function' | null
export type Token = { text: string; kind: Kind }

type Load = () => Promise<{ default: LanguageFn }>
const javascript: Load = () => import('highlight.js/lib/languages/javascript')
const java: Load = () => import('highlight.js/lib/languages/java')
const csharp: Load = () => import('highlight.js/lib/languages/csharp')
const byName: Record<string, Load> = {
  javascript, node: javascript, java, csharp, dotnet: csharp,
  typescript: () => import('highlight.js/lib/languages/typescript'),
  python: () => import('highlight.js/lib/languages/python'),
  go: () => import('highlight.js/lib/languages/go'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  php: () => import('highlight.js/lib/languages/php'),
  rust: () => import('highlight.js/lib/languages/rust'),
}

/** More is not worth the time; SDKs send about a dozen lines. */
const mostCharacters = 20_000
let engine: Promise<HLJSApi> | undefined

/** Tokens per line, or null when there is nothing to gain. Never rejects: source without colour is still source. */
export async function highlightLines(lines: readonly string[], platform: string, filename: string | null): Promise<Token[][] | null> {
  const name = filename !== null && /\.tsx?$/.test(filename) ? 'typescript' : platform
  const load = byName[name]
  const code = lines.join('\n')
  if (load === undefined || code.length > mostCharacters) return null
  try {
    engine ??= import('highlight.js/lib/core').then((module) => module.default)
    const hljs = await engine
    if (hljs.getLanguage(name) === undefined) hljs.registerLanguage(name, (await load()).default)
    const result = hljs.highlight(code, { language: name, ignoreIllegals: true }) as unknown as { _emitter: { rootNode: Node } }
    return splitTree(result._emitter.rootNode)
  } catch {
    return null
  }
}

/** highlight.js' own tree, a private field: its version is pinned. */
type Node = { scope?: string; children: (Node | string)[] }

/** Flattens the tree and cuts it into lines. */
export function splitTree(root: Node): Token[][] {
  const lines: Token[][] = [[]]
  const walk = (node: Node | string, kind: Kind): void => {
    if (typeof node !== 'string') {
      const own = node.scope === undefined ? kind : kindOfScope(node.scope)
      for (const child of node.children) walk(child, own)
      return
    }
    for (const [index, text] of node.split('\n').entries()) {
      if (index > 0) lines.push([])
      if (text !== '') lines.at(-1)!.push({ text, kind })
    }
  }
  walk(root, null)
  return lines
}

function kindOfScope(scope: string): Kind {
  const [first] = scope.split('.')
  if (first === 'keyword' || first === 'built_in' || first === 'type') return 'keyword'
  if (first === 'string' || first === 'regexp' || first === 'char') return 'string'
  if (first === 'number' || first === 'literal') return 'number'
  if (first === 'comment' || first === 'doctag') return 'comment'
  return first === 'title' ? 'function' : null
}
