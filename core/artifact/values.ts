// How much there is in a JSON text, before it is parsed: 64 MB of it may hold twenty million empty objects, which took JSON.parse minutes
// in a heap of 512 MB, and nothing can interrupt it.

/** An honest source map has one or two values for each of its sources and names; a manifest has a dozen for each file. */
export const maxValues = 2_000_000

const [quote, comma, colon, bracket, backslash, brace] = [0x22, 0x2c, 0x3a, 0x5b, 0x5c, 0x7b]

/** About as many as there are keys and values; text that is no JSON is counted too. */
export function countValues(text: string): number {
  let values = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === comma || sign === colon || sign === bracket || sign === brace) values++
    if (sign !== quote) continue
    do at = text.indexOf('"', at + 1)
    while (at !== -1 && isEscaped(text, at))
    if (at === -1) break
  }
  return values
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0
  while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++
  return slashes % 2 === 1
}
