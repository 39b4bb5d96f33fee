// What a terminal would obey rather than show. Whoever can send an error chooses its text: an escape sequence in it could hide lines,
// rewrite the title of the window or answer in the name of the person; a bidi mark could turn a path around.

// Controls (C0, DEL, C1), format characters (bidi marks and isolates, tags, byte order mark …), separators of lines, lone surrogates, and what
// has no meaning yet. The two joiners stay: scripts and emoji need them, and they move nothing.
const unsafe = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu

/** On one line, with nothing that a terminal obeys: `\x1b`, `\u202e`, `\n` stand in words. */
export function escapeText(text: string): string {
  return text.replace(unsafe, (char) => {
    const code = char.codePointAt(0)!
    if (char === '\n') return '\\n'
    if (char === '\t') return '\\t'
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

/** Lines stay lines. */
export function escapeLines(text: string): string {
  return text.split('\n').map(escapeText).join('\n')
}

/** The same value for who parses it. */
export function escapeJson(value: unknown, indent = 0): string {
  const units = (char: string): string => char.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  return (JSON.stringify(value, null, indent) ?? 'null').replace(unsafe, (char) => (char === '\n' ? char : units(char)))
}
