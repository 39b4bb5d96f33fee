// One `[!]matcher:glob` of a rule, from its text and back.

import { countWildcards } from './glob.ts'
import { findWord, listWords, ruleLimits, type MatcherWord } from './reference.ts'
import { isBlank, isProblem, quote, readQuoted, readWord, shorten, type Problem, type Word } from './words.ts'

/** `name` is the long one; of a tag, with its name. */
export type ParsedMatcher = { negated: boolean; name: string; glob: string }

export type ReadMatcher = { matcher: ParsedMatcher; end: number }

/** The matcher that begins at `start`, one of `words`. */
export function readMatcher(line: string, start: number, words: readonly MatcherWord[]): ReadMatcher | Problem {
  const negated = line[start] === '!'
  const nameAt = negated ? start + 1 : start
  const name = readName(line, nameAt)
  if (isProblem(name)) return name
  const word = findWord(words, name.value)
  if (!word) return { at: nameAt, message: `unknown matcher \`${shorten(name.value)}\`: use one of ${listWords(words)}` }
  const globAt = name.end + 1
  const glob = readWord(line, globAt)
  if (isProblem(glob)) return glob
  const complaint = judgeGlob(glob.value, word)
  if (complaint) return { at: globAt, message: complaint }
  return { matcher: { negated, name: word.name === 'tags.X' ? name.value : word.name, glob: glob.value }, end: glob.end }
}

/** `end` is the place of the colon. */
function readName(line: string, start: number): Word | Problem {
  let end = start
  while (end < line.length && !isBlank(line[end]) && line[end] !== ':' && line[end] !== '"') end++
  const name = line[start] === '"' ? readQuoted(line, start) : { value: line.slice(start, end), end }
  if (isProblem(name) || (line[name.end] === ':' && name.value !== '')) return name
  return { at: start, message: `expected \`matcher:glob\`, such as \`error.type:TimeoutError\`${name.value === '' ? '' : `, not \`${shorten(name.value)}\``}` }
}

function judgeGlob(glob: string, word: MatcherWord): string | undefined {
  if (glob === '') return `nothing after \`${word.name}:\`: write a glob; for a value that is missing, \`!${word.name}:*\``
  if (word.values) return judgeValues(glob, word, word.values)
  const count = countWildcards(glob)
  return count > ruleLimits.wildcards ? `${count} wildcards: at most ${ruleLimits.wildcards}, let one \`*\` stand for more of the text` : undefined
}

function judgeValues(glob: string, { name }: MatcherWord, values: readonly string[]): string | undefined {
  const chosen = name === 'family' ? glob.split(',') : [glob]
  const wrong = chosen.find((value) => !values.includes(value) || (value === 'all' && chosen.length > 1))
  return wrong === undefined ? undefined : `\`${name}:\` takes ${values.join(', ')}${name === 'family' ? ' (a list with commas, or all)' : ''}, not \`${shorten(wrong)}\``
}

/** The same matcher as text that reads back as it. */
export function formatMatcher({ negated, name, glob }: ParsedMatcher): string {
  const readable = /^[^\s":]+$/.test(name) ? name : quote(name)
  return `${negated ? '!' : ''}${readable}:${/^[^\s"]+$/.test(glob) ? glob : quote(glob)}`
}
