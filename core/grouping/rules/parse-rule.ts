// A line of the fingerprint rules (grouping.md 4), from its text and back:
// `[!]matcher:glob … -> part, {{ variable }} … title="…"`.

import { formatMatcher, readMatcher, type ParsedMatcher } from './matcher.ts'
import { ruleLimits, ruleMatchers } from './reference.ts'
import { judgeVariables } from './variables.ts'
import { isBlank, isProblem, quote, readQuoted, skipBlanks, type Problem, type Word } from './words.ts'

/** `text` is the line without the blanks around it, `line` its number from 1. */
export type ParsedRule = { line: number; text: string; matchers: ParsedMatcher[]; parts: string[]; title?: string }

export type RuleContent = Pick<ParsedRule, 'matchers' | 'parts' | 'title'>

/** The first thing that is wrong with the line, if something is. */
export function parseRule(line: string): RuleContent | Problem {
  const left = readMatchers(line)
  if (isProblem(left)) return left
  const right = readParts(line, left.end)
  if (isProblem(right)) return right
  const { parts, end } = right
  if (end === line.length) return { matchers: left.matchers, parts }
  const title = readTitle(line, end)
  return isProblem(title) ? title : { matchers: left.matchers, parts, title: title.value }
}

/** `end` is the place after the arrow. */
function readMatchers(line: string): { matchers: ParsedMatcher[]; end: number } | Problem {
  const matchers: ParsedMatcher[] = []
  let at = skipBlanks(line, 0)
  while (!line.startsWith('->', at)) {
    if (at === line.length) return { at, message: 'no `->`: after the matchers write ` -> ` and the fingerprint, blanks around the arrow' }
    if (matchers.length === ruleLimits.matchers) return { at, message: `more than ${ruleLimits.matchers} matchers: write two rules, or a glob that says more` }
    const read = readMatcher(line, at, ruleMatchers)
    if (isProblem(read)) return read
    matchers.push(read.matcher)
    at = skipBlanks(line, read.end)
  }
  return matchers.length > 0 ? { matchers, end: at + 2 } : { at, message: 'empty side: write a matcher before `->`, such as `error.type:TimeoutError`' }
}

/** `end` is the place of the title, or the end of the line. */
function readParts(line: string, start: number): { parts: string[]; end: number } | Problem {
  const parts: string[] = []
  let at = skipBlanks(line, start)
  if (at === line.length || line.startsWith('title=', at)) return { at, message: 'empty side: write a fingerprint after `->`, such as `timeouts, {{ stack.module }}`' }
  while (true) {
    if (parts.length === ruleLimits.parts) return { at, message: `more than ${ruleLimits.parts} parts: leave some out, or write two as one` }
    const part = readPart(line, at)
    if (isProblem(part)) return part
    parts.push(part.value)
    at = skipBlanks(line, part.end)
    if (at === line.length || line.startsWith('title=', at)) return { parts, end: at }
    if (line[at] !== ',') return { at, message: 'expected `,`, `title="…"` or the end of the line: put a part with blanks into quotes, and a comment on a line of its own' }
    at = skipBlanks(line, at + 1)
  }
}

function readPart(line: string, start: number): Word | Problem {
  const part = line[start] === '"' ? readQuoted(line, start) : line.startsWith('title=', start) ? { value: '', end: start } : readBarePart(line, start)
  if (isProblem(part)) return part
  return part.value === '' ? { at: start, message: 'an empty part: write one before and after each `,`' } : judge(part, line, start, 'part')
}

/** All up to a comma or blank; blanks between `{{` and `}}` belong to it. */
function readBarePart(line: string, start: number): Word | Problem {
  let end = start
  while (end < line.length && line[end] !== ',' && !isBlank(line[end])) {
    if (line[end] === '"') return { at: end, message: 'a quote inside a part: put all of the part into quotes, this one as `\\"`' }
    const close = line.startsWith('{{', end) ? line.indexOf('}}', end) : -1
    end = close === -1 ? end + 1 : close + 2
  }
  return { value: line.slice(start, end), end }
}

function readTitle(line: string, start: number): Word | Problem {
  const at = start + 'title='.length
  if (line[at] !== '"') return { at, message: 'the title needs quotes: `title="Database timeout"`' }
  const title = readQuoted(line, at)
  if (isProblem(title)) return title
  if (title.value.trim() === '') return { at, message: 'an empty title: write one, or leave `title=` out' }
  const end = skipBlanks(line, title.end)
  return end === line.length ? judge(title, line, at, 'title') : { at: end, message: 'nothing may stand after the title' }
}

function judge(word: Word, line: string, start: number, place: 'part' | 'title'): Word | Problem {
  const wrong = judgeVariables(word.value, place)
  return wrong ? { at: Math.max(start, line.indexOf(wrong.found, start)), message: wrong.message } : word
}

/** One line that parses to the same content. Line breaks, which only a form can hold, become blanks. */
export function formatRule({ matchers, parts, title }: RuleContent): string {
  const right = parts.map(formatPart).join(', ')
  const line = `${matchers.map(formatMatcher).join(' ')} -> ${right}${title === undefined ? '' : ` title=${quote(title)}`}`
  return line.replaceAll(/[\r\n]+/g, ' ')
}

function formatPart(part: string): string {
  const bare = part === '' || part.startsWith('title=') ? { end: -1 } : readBarePart(part, 0)
  return !isProblem(bare) && bare.end === part.length ? part : quote(part)
}
