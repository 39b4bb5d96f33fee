// A text of rules as rows of a form, and back. A row is one rule with the comments and empty lines above it, which move
// with it; a line that cannot be read stays as it is written. Pure.

import type { ParsedMatcher } from '../../../core/grouping/rules/matcher.ts'
import { formatFrameRule, parseFrameRule } from '../../../core/grouping/rules/parse-frame-rule.ts'
import { formatRule, parseRule } from '../../../core/grouping/rules/parse-rule.ts'
import type { FrameAction } from '../../../core/grouping/types.ts'
import type { Language } from './draft.ts'

/** What a row holds of both languages: `parts` and `title` of a fingerprint rule, `action` of a frame rule. */
type RowContent = { matchers: ParsedMatcher[]; parts: string[]; title: string; action: FrameAction['action'] }
/** `raw`: the line as written, where it cannot be read; null otherwise. */
export type Row = { above: string[]; raw: string | null; content: RowContent }
export type Rows = { rows: Row[]; below: string[] }

const nothing: RowContent = { matchers: [], parts: [], title: '', action: 'app' }

export function newRow(language: Language): Row {
  return { above: [], raw: null, content: { ...nothing, matchers: [{ negated: false, name: language === 'rules' ? 'error.type' : 'stack.module', glob: '' }], parts: [''] } }
}

export function readRows(text: string, language: Language): Rows {
  const rows: Row[] = []
  let above: string[] = []
  for (const line of text === '' ? [] : text.split(/\r\n|\r|\n/)) {
    const own = line.trim()
    if (own === '' || own.startsWith('#')) above.push(line)
    else {
      rows.push({ above, ...readLine(line, language) })
      above = []
    }
  }
  return { rows, below: above }
}

function readLine(line: string, language: Language): Pick<Row, 'raw' | 'content'> {
  const read = language === 'rules' ? parseRule(line) : parseFrameRule(line)
  return 'message' in read ? { raw: line, content: nothing } : { raw: null, content: { ...nothing, ...read } }
}

export function writeRows({ rows, below }: Rows, language: Language): string {
  return [...rows.flatMap((row) => [...row.above, writeRow(row, language)]), ...below].join('\n')
}

function writeRow({ raw, content }: Row, language: Language): string {
  if (raw !== null) return raw
  const { matchers, parts, title, action } = content
  return language === 'rules' ? formatRule({ matchers, parts, ...(title !== '' && { title }) }) : formatFrameRule({ matchers, action })
}

/** In which line, from 1, the rule of a row stands. */
export function lineOf(rows: readonly Row[], index: number): number {
  return rows.slice(0, index + 1).reduce((line, row) => line + row.above.length + 1, 0)
}
