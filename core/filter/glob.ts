// Patterns that a project's owner writes in filters: `*` any text, `?` any one UTF-16 unit, all else itself, in any case.
// Matched by hand, because a regular expression made from what somebody typed can take for ever.

export type Glob = (text: string) => boolean

/** What is looked at of a text: messages and values end there (protocol 4.2). */
const textLimit = 8192

/** Takes at most pattern × text steps. Text beyond 8,192 units is not looked at. */
export function compileGlob(pattern: string): Glob {
  const wanted = pattern.toLowerCase()
  if (!/[*?]/.test(wanted)) return (text) => text.length <= textLimit && text.toLowerCase() === wanted
  return (text) => matches(wanted, text.slice(0, textLimit).toLowerCase())
}

// Only the last `*` is ever tried again: what an earlier one could take more of, the last one can take as well.
function matches(pattern: string, text: string): boolean {
  let at = 0
  let next = 0
  let star = -1
  let resume = 0
  while (next < text.length) {
    const wanted = pattern[at]
    if (wanted === '*') {
      star = at++
      resume = next
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[next])) {
      at++
      next++
    } else if (star !== -1) {
      at = star + 1
      next = ++resume
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}

/** Null if the pattern can be a filter, else what is wrong with it as a sentence. */
export function checkGlob(pattern: string): string | null {
  return /^[*?\s]*$/.test(pattern) ? 'A pattern of wildcards alone would filter every event.' : null
}
