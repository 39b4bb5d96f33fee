// Terms as a query again: parsed once more they are the same terms. Saved searches and links are spelled so.

import type { Meaning, Pattern } from './term.ts'
import { printTime } from './times.ts'
import { findKeyWord, type Subject } from './words.ts'

export function printSearch(terms: readonly (Meaning & { negated: boolean })[], subject: Subject = 'issue'): string {
  return terms.map((term) => `${term.negated ? '!' : ''}${printTerm(term, subject)}`).join(' ')
}

function printTerm(term: Meaning, subject: Subject): string {
  switch (term.kind) {
    case 'text':
      return quote(term.text)
    case 'is':
      return `is:${printList(term.words)}`
    case 'person':
      return `assigned:${printList(term.people.map(quote))}`
    case 'has':
      return `has:${printKey(term.key, term.tag, subject)}`
    case 'match':
      return `${printKey(term.key, term.tag, subject)}:${printList(term.patterns.map(printPattern))}`
    case 'number':
      return `${term.key}:${term.comparison === '=' ? printList(term.numbers.map(String)) : `${term.comparison}${term.numbers[0]}`}`
    case 'time':
      return `${term.key}:${printTime(term)}`
  }
}

/** What stands before the colon. */
export function printKey(key: string, tag: boolean, subject: Subject): string {
  return tag && (!/^[a-z][a-zA-Z0-9_.-]*$/.test(key) || findKeyWord(key, subject) !== undefined) ? `tags[${key}]` : key
}

function printList(values: readonly string[]): string {
  return values.length === 1 ? values[0]! : `[${values.join(', ')}]`
}

function printPattern(pattern: Pattern): string {
  return `"${pattern.map(escape).join('*')}"`
}

/** One value, in quotes only where it would be read as something else without. */
export function printValue(text: string): string {
  return /^[\p{L}\p{N}@_.+-][\p{L}\p{N}@_.+/:=-]*$/u.test(text) ? text : quote(text)
}

function quote(text: string): string {
  return `"${escape(text)}"`
}

function escape(text: string): string {
  return text.replaceAll(/["\\*]/g, '\\$&')
}
