// A project's own patterns: RE2's syntax and matcher, which never backtracks, so that a pattern cannot stop the fold.

import { RE2JS } from 're2js'

export type Pattern = RE2JS

/** Steps of the compiled pattern: time per character grows with them, and `(a{99}){9}` is short to write. */
const patternSteps = 1000

/** What is wrong with a project's pattern, in words; null if nothing. */
export function checkPattern(text: string): string | null {
  try {
    const pattern = RE2JS.compile(text)
    if (pattern.test('')) return 'matches empty text, so it would match everywhere'
    const steps = pattern.programSize()
    return steps > patternSteps ? `too large: ${steps} steps, at most ${patternSteps} are allowed; use smaller repeat counts` : null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Patterns that pass `checkPattern`; a faulty one that got into the settings all the same hides nothing and breaks nothing. */
export function compilePatterns(texts: readonly string[]): Pattern[] {
  return texts.filter((text) => checkPattern(text) === null).map((text) => RE2JS.compile(text))
}

/**
 * What is left to spend on one event, in matches times units of text: finding *all* matches of `x*y|x` is quadratic even without
 * backtracking. When it is used up, the rest of a text with a match is hidden.
 */
export type Budget = { left: number }
export const patternBudget = 4_000_000

const markers = /\[(?:Filtered|email|ip)\]/g

/** A match inside an earlier replacement counts for nothing; one that reaches into it takes it along. */
export function replaceMatches(text: string, pattern: Pattern, replacement: string, budget: Budget): string {
  if (!pattern.test(text)) return text
  const hidden = [...text.matchAll(markers)].map((match) => [match.index, match.index + match[0].length] as const)
  const matcher = pattern.matcher(text)
  let replaced = ''
  let from = 0
  let next = 0
  while (matcher.find()) {
    budget.left -= text.length
    let start = matcher.start()
    let end = matcher.end()
    while (next < hidden.length && hidden[next]![1] <= start) next++
    const [first] = hidden.slice(next, next + 1)
    if (start === end || start < from || (first && first[0] <= start && end <= first[1])) continue
    if (first && first[0] < end) start = Math.min(start, first[0])
    for (let at = next; at < hidden.length && hidden[at]![0] < end; at++) end = Math.max(end, hidden[at]![1])
    replaced += text.slice(from, start) + replacement
    from = end
    if (budget.left < 0) return replaced
  }
  return replaced + text.slice(from)
}
