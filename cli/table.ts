// Rows under headings, aligned, as wide as the terminal allows. Every cell is escaped here: no caller can forget it.

import { styleText } from 'node:util'
import { escapeText } from './escape.ts'

export type Color = 'red' | 'yellow' | 'green' | 'gray' | 'bold'
/** `grows`: the one column that is cut when the rest needs its room. */
export type Column<Row> = { title: string; right?: true; grows?: true; cell(row: Row): string; color?(row: Row): Color | undefined }

const gap = 2
const leastWidth = 10

/** `width` in columns of the terminal; undefined = as wide as it gets. */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], { width, colors }: { width: number | undefined; colors: boolean }): string {
  const cells = rows.map((row) => columns.map((column) => escapeText(column.cell(row))))
  const widths = columns.map(({ title }, index) => Math.max(measure(title), ...cells.map((row) => measure(row[index]!))))
  const growing = columns.findIndex(({ grows }) => grows)
  if (width !== undefined && growing >= 0) {
    const others = widths.reduce((sum, each) => sum + each + gap, -gap) - widths[growing]!
    widths[growing] = Math.min(widths[growing]!, Math.max(leastWidth, width - others))
  }
  const line = (texts: readonly string[], paint: (text: string, index: number) => string): string =>
    texts.map((text, index) => {
      const cut = truncate(text, widths[index]!)
      const space = ' '.repeat(widths[index]! - measure(cut))
      return columns[index]!.right ? space + paint(cut, index) : paint(cut, index) + (index === texts.length - 1 ? '' : space)
    }).join(' '.repeat(gap)).trimEnd()
  const head = line(columns.map(({ title }) => title), (text) => paintText('gray', text, colors))
  return [head, ...cells.map((texts, at) => line(texts, (text, index) => paintText(columns[index]!.color?.(rows[at]!), text, colors)))].join('\n')
}

export function paintText(color: Color | undefined, text: string, colors: boolean): string {
  return colors && color !== undefined ? styleText(color, text, { validateStream: false }) : text
}

/** Columns that a terminal gives a text that has been escaped: two for the scripts of East Asia and for emoji, none for marks. */
export function measure(text: string): number {
  let width = 0
  for (const char of text) width += widthOf(char)
  return width
}

/** `…` stands for what was cut. */
export function truncate(text: string, width: number): string {
  if (measure(text) <= width) return text
  let kept = ''
  let used = 1
  for (const char of text) {
    used += widthOf(char)
    if (used > width) break
    kept += char
  }
  return `${kept}…`
}

function widthOf(char: string): number {
  if (/^[\p{M}\u200c\u200d]/u.test(char)) return 0
  return /^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60])/u.test(char) ? 2 : 1
}
