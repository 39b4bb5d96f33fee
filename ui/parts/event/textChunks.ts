// A long text in parts that a browser lays out one by one, when they come into view. Pure. All of it is on the page, so
// that the browser's search finds everything (D-15).

const mostLines = 100
const mostCharacters = 20_000

/** Joined by line breaks they are `text` again, but for a line that is longer than a part. */
export function splitText(text: string): { text: string; lines: number }[] {
  const chunks: { text: string; lines: number }[] = []
  let lines: string[] = []
  let length = 0
  const close = (): void => {
    if (lines.length > 0) chunks.push({ text: lines.join('\n'), lines: lines.length })
    lines = []
    length = 0
  }
  for (const line of text.split('\n')) {
    if (lines.length === mostLines || length + line.length > mostCharacters) close()
    for (let from = 0; from < Math.max(line.length, 1); from += mostCharacters) {
      const part = line.slice(from, from + mostCharacters)
      lines.push(part)
      length += part.length + 1
      if (from + mostCharacters < line.length) close()
    }
  }
  close()
  return chunks
}

/** Indented as people read it; what is no JSON stays as it is. */
export function indentJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
