// The columns of many rows as the array literals that `unnest` takes: every store saves and loads a batch with one statement.
// node-postgres would quote each number, spell each date by hand and run two regular expressions over every text.

export function numbers<Row>(rows: readonly Row[], of: (row: Row) => number | null): string {
  return literal(rows, (row) => String(of(row)))
}

export function texts<Row>(rows: readonly Row[], of: (row: Row) => string | null): string {
  return literal(rows, (row) => quote(of(row)))
}

/** Between the years 1 and 9999. */
export function times<Row>(rows: readonly Row[], of: (row: Row) => Date): string {
  return literal(rows, (row) => of(row).toISOString())
}

export type ColumnType = 'int' | 'bigint' | 'text' | 'timestamptz' | 'boolean'

/** The column of a field whose type in the table is known by name only. */
export function columnOf<Row>(rows: readonly Row[], type: ColumnType, field: keyof Row): string {
  switch (type) {
    case 'text':
      return texts(rows, (row) => row[field] as string | null)
    case 'timestamptz':
      return times(rows, (row) => row[field] as Date)
    default:
      return literal(rows, (row) => String(row[field]))
  }
}

function literal<Row>(rows: readonly Row[], spell: (row: Row) => string): string {
  let text = ''
  for (const row of rows) text += text === '' ? spell(row) : `,${spell(row)}`
  return `{${text}}`
}

function quote(text: string | null): string {
  if (text === null) return 'null'
  return /["\\]/.test(text) ? `"${text.replaceAll(/["\\]/g, '\\$&')}"` : `"${text}"`
}
