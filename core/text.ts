// What every text must be before a table can hold it.

/** Without NUL and half surrogate pairs, which Postgres refuses: both become U+FFFD. */
export function storableText(text: string): string {
  return (text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text).toWellFormed()
}
