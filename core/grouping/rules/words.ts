// The smallest pieces of a line of rules: words, and texts in quotes. Places are offsets in UTF-16 units from 0.

/** What is wrong with a line, and where. */
export type Problem = { at: number; message: string }

/** A word without its quotes, and the place after it. */
export type Word = { value: string; end: number }

export function isProblem(found: object): found is Problem {
  return 'message' in found
}

export function skipBlanks(line: string, start: number): number {
  let at = start
  while (at < line.length && isBlank(line[at])) at++
  return at
}

export function isBlank(character: string | undefined): boolean {
  return character !== undefined && character.trim() === ''
}

/** A text in quotes that begins at `start`; inside, `\"` is a quote and `\\` a backslash. */
export function readQuoted(line: string, start: number): Word | Problem {
  let value = ''
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === '"') return { value, end: at + 1 }
    if (line[at] === '\\' && (line[at + 1] === '"' || line[at + 1] === '\\')) at++
    value += line[at]
  }
  return { at: start, message: 'the quote is never closed: end the text with `"` (a quote inside is `\\"`)' }
}

/** A text in quotes, or all up to the next blank; '' at the end of the line. */
export function readWord(line: string, start: number): Word | Problem {
  if (line[start] === '"') {
    const word = readQuoted(line, start)
    return isProblem(word) || word.end === line.length || isBlank(line[word.end]) ? word : { at: word.end, message: 'text after the closing quote: put all of it into the quotes, and a blank after them' }
  }
  let end = start
  while (end < line.length && !isBlank(line[end])) {
    if (line[end] === '"') return { at: end, message: 'a quote inside a word: put all of the text into quotes, this one as `\\"`' }
    end++
  }
  return { value: line.slice(start, end), end }
}

export function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

/** What an error says of a text: short enough to read. */
export function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
