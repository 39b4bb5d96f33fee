// What a command found, on stdout: a table on a terminal, JSON anywhere else; --table and --json say otherwise.

import { UsageError } from './arguments.ts'
import { escapeJson } from './escape.ts'
import { formatTable, paintText, type Color, type Column } from './table.ts'

export type Output = { json: boolean | undefined; table: boolean | undefined }

export function wantsJson({ json, table }: Output): boolean {
  if (json && table) throw new UsageError('Give --json or --table, not both.')
  return json ?? (!table && !process.stdout.isTTY)
}

/** Only on a terminal, and without NO_COLOR (no-color.org). */
function hasColors(): boolean {
  return process.stdout.isTTY && !process.env.NO_COLOR
}

export function paint(color: Color | undefined, text: string): string {
  return paintText(color, text, hasColors())
}

/** JSON: one array with an element a line, printed as they come. `empty` is what the table says when there are none. `limit`: as many may be a part only. */
export async function printList<Row>(output: Output, rows: Iterable<Row> | AsyncIterable<Row>, columns: readonly Column<Row>[], empty: string, limit = Infinity): Promise<void> {
  if (!wantsJson(output)) {
    const all = await Array.fromAsync(rows)
    if (all.length === limit) console.error(`The first ${limit}. More: --limit <n>, or --all`)
    return console.log(all.length === 0 ? empty : formatTable(columns, all, { width: process.stdout.isTTY ? process.stdout.columns : undefined, colors: hasColors() }))
  }
  let before = '['
  for await (const row of rows) {
    process.stdout.write(`${before}\n${escapeJson(row)}`)
    before = ','
  }
  process.stdout.write(before === '[' ? '[]\n' : '\n]\n')
}

/** `format` gives lines whose foreign texts are escaped. */
export function printOne<T>(output: Output, value: T, format: (value: T) => string): void {
  console.log(wantsJson(output) ? escapeJson(value, 2) : format(value))
}
