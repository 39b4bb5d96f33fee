// Errors of JavaScript that have one cause whatever their stack says (grouping.md 3.1): a deploy took a file away, or the
// browser hides an error of another origin.

import { readExceptions, readText } from '../front.ts'
import type { Contribution } from '../types.ts'
import type { Context } from './context.ts'

const chunkLoad =
  /^(?:ChunkLoadError|Loading (?:CSS )?chunk \S{1,200} failed|Failed to fetch dynamically imported module|error loading dynamically imported module|Importing a module script failed|Unable to preload CSS)/
const scriptError = /^Script error\.?$/

export function contributeBuiltIn({ event, family }: Context): Contribution | undefined {
  if (family !== 'javascript') return undefined
  const last = readExceptions(event).at(-1)
  if (!last) return undefined
  const value = readText(last.value)
  const name = readText(last.type) === 'ChunkLoadError' || chunkLoad.test(value) ? 'chunk-load' : scriptError.test(value) ? 'script-error' : undefined
  return name === undefined ? undefined : { strategy: 'builtin', components: [['b', name]], notes: [] }
}
