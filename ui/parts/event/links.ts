// Finds web addresses in plain text, for comments and values. Only http and https ever become a link (D-16).

export type LinkPiece = { text: string; href: string | null }

const address = /https?:\/\/[^\s<>"'`⟨⟩\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]+/giu // oxlint-disable-line no-control-regex

/** Splits `text` into addresses and the rest. A closing bracket or full stop at the end belongs to the sentence. */
export function splitLinks(text: string): LinkPiece[] {
  const pieces: LinkPiece[] = []
  let from = 0
  for (const match of text.matchAll(address)) {
    const found = trimSentence(match[0])
    const href = safeHref(found)
    if (href === null) continue
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), href: null })
    pieces.push({ text: found, href })
    from = match.index + found.length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), href: null })
  return pieces
}

/** The address when it is http or https, else null: `javascript:`, `data:` and relative paths of an event are never links. */
export function safeHref(text: string): string | null {
  if (!/^https?:\/\//i.test(text) || text.length > 4096) return null
  try {
    const url = new URL(text)
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
  } catch {
    return null
  }
}

function trimSentence(found: string): string {
  const bare = found.replace(/[.,;:!?]+$/, '')
  return bare.endsWith(')') && !bare.includes('(') ? bare.replace(/\)+$/, '') : bare
}
