// Text that strangers wrote, made safe to read: first step of everything the event page prints. Characters that would
// hide or reorder their neighbours (controls, zero-width, bidi, lone surrogates) become visible code points (D-16).

export type Piece = { text: string; hidden: boolean }

/* C0 without tab and newline, DEL and C1, soft hyphen, Arabic letter mark, Hangul fillers, zero-width and bidi marks,
   separators that break lines, variation/tag characters that carry no glyph, the byte order mark, lone surrogates. */
// oxlint-disable-next-line no-control-regex
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\ud800-\udfff]/gu

/** Splits `text` at characters nobody would see. At most `limit` characters are looked at; the rest is named, not shown. */
export function splitVisible(text: string, limit = 20_000): Piece[] {
  const shown = text.length > limit ? text.slice(0, limit) : text
  const pieces: Piece[] = []
  let from = 0
  for (const match of shown.matchAll(unseen)) {
    if (match.index > from) pieces.push({ text: shown.slice(from, match.index), hidden: false })
    pieces.push({ text: nameCodePoint(match[0]), hidden: true })
    from = match.index + match[0].length
  }
  if (from < shown.length) pieces.push({ text: shown.slice(from), hidden: false })
  if (shown.length < text.length) pieces.push({ text: `… ${(text.length - shown.length).toLocaleString('en')} more characters`, hidden: false })
  return pieces
}

/** The same as one string, for places that hold no elements: titles, labels, the document's title. */
export function toVisible(text: string, limit?: number): string {
  return splitVisible(text, limit).map((piece) => piece.text).join('')
}

function nameCodePoint(char: string): string {
  return `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`
}
