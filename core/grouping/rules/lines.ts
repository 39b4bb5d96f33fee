// A text of rules as lines: what holds for both languages before a line is parsed, and every bad line told at once.

import { ruleLimits } from './reference.ts'
import { isProblem, type Problem } from './words.ts'

/** `line` and `column` count from 1, columns in UTF-16 units. */
export type RuleError = { line: number; column: number; message: string }

export type ParsedLine<T> = T & { line: number; text: string }

/** Control characters, which nobody sees and PostgreSQL does not store all of. A tab is a blank. */
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** What `parse` makes of each line that is neither empty nor a comment; or the first thing wrong with each bad line, at most 100 of them. */
export function parseLines<T extends object>(text: string, parse: (line: string) => T | Problem): { list: ParsedLine<T>[] } | { errors: RuleError[] } {
  const bytes = text.length > ruleLimits.bytes ? text.length : new TextEncoder().encode(text).length
  if (bytes > ruleLimits.bytes) {
    return { errors: [{ line: 1, column: 1, message: `the text is longer than ${ruleLimits.bytes / 1024} KB: remove rules that match nothing, or let a glob stand for many` }] }
  }
  const list: ParsedLine<T>[] = []
  const errors: RuleError[] = []
  for (const [index, line] of text.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/).entries()) {
    if (errors.length === ruleLimits.errors) break
    const number = index + 1
    if (index === ruleLimits.lines) {
      errors.push({ line: number, column: 1, message: `more than ${ruleLimits.lines} lines: remove rules that match nothing, or let a glob stand for many` })
      break
    }
    const own = line.trim()
    const parsed = judgeLine(line) ?? (own === '' || own.startsWith('#') ? undefined : parse(line))
    if (parsed === undefined) continue
    if (isProblem(parsed)) errors.push({ line: number, column: parsed.at + 1, message: parsed.message })
    else list.push({ ...parsed, line: number, text: own })
  }
  return errors.length > 0 ? { errors } : { list }
}

function judgeLine(line: string): Problem | undefined {
  if (line.length > ruleLimits.lineLength) return { at: ruleLimits.lineLength, message: `longer than ${ruleLimits.lineLength} characters: shorten the globs, or write two rules` }
  const unseen = control.exec(line)
  if (unseen) return { at: unseen.index, message: 'a control character that nobody can see: delete it' }
  return line.isWellFormed() ? undefined : { at: line.search(/\p{Surrogate}/u), message: 'half of a character: delete it' }
}
