// Tables for spreadsheets (RFC 4180).

/** What a spreadsheet would run as a formula is a text to it behind an apostrophe (CWE-1236): what stands in an event is anybody's. */
function writeCell(value: string | number): string {
  const text = String(value)
  return `"${(/^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text).replaceAll('"', '""')}"`
}

export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('')
}
