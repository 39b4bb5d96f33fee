// The columns of many rows as the array literals that `unnest` takes: every store saves and loads a batch with one statement.
// node-postgres would quote each number, spell each date by hand and run two regular expressions over every text.

export function numbers<Row>(rows: readonly Row[], of: (row: Row) => number | null): string {
  return literal(rows, (row) => String(of(row)))
}

export function texts<Row>(rows: readonly Row[], of: (row: Row) => string | null): string {
  return literal(rows, (row) => quote(of(row)))
}

/** Between the years 1 and 9999. Many rows of an event have its time, which takes long to spell. */
export function times<Row>(rows: readonly Row[], of: (row: Row) => Date): string {
  const spelled = new Map<number, string>()
  return literal(rows, (row) => {
    const time = of(row).getTime()
    let text = spelled.get(time)
    if (text === undefined) spelled.set(time, (text = new Date(time).toISOString()))
    return text
  })
}

/**
 * All numbers of all rows as one `int[]`, in the binary form of Postgres (a list of dimensions, then each number with its length), and the
 * indexes of each row's first and last: a list of lists has no literal that is not quoted twice.
 */
export function integerLists<Row>(rows: readonly Row[], of: (row: Row) => Int32Array): { all: Buffer; first: string; last: string } {
  const total = rows.reduce((sum, row) => sum + of(row).length, 0)
  const all = Buffer.allocUnsafe(arrayHeader + 8 * total)
  let at = 0
  for (const word of [1, 0, int4, total, 1]) at = all.writeInt32BE(word, at)
  for (const row of rows) for (const number of of(row)) at = all.writeInt32BE(number, all.writeInt32BE(4, at))
  let count = 0
  const last = rows.map((row) => (count += of(row).length))
  return { all, first: numbers(rows.map((row, index) => last[index]! - of(row).length + 1), Number), last: numbers(last, Number) }
}

/** Bytes: dimensions, whether a null is among them, type, length, first index. */
const arrayHeader = 20
const int4 = 23

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
