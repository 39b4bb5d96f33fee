// Short ids: `SHOP-9RK2` = project slug + Crockford base32 of the position of the founding event (architecture 6).
// Base32 has no I, L, O, U; reading takes any case and the usual mistypings (I, L -> 1, O -> 0).

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `('shop', 1203)` -> `SHOP-15K`. `position` is a positive integer below 2^53. */
export function formatShortId(slug: string, position: number): string {
  let rest = position
  let text = ''
  do {
    text = digits[rest % 32]! + text
    rest = Math.floor(rest / 32)
  } while (rest > 0)
  return `${slug.toUpperCase()}-${text}`
}

/** `shop-15k` -> `{ slug: 'shop', position: 1203 }`; null when it is no short id. */
export function parseShortId(text: string): { slug: string; position: number } | null {
  const cut = text.lastIndexOf('-')
  if (cut < 1 || cut === text.length - 1 || text.length - cut > 12) return null
  let position = 0
  for (const char of text.slice(cut + 1).toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0')) {
    const digit = digits.indexOf(char)
    if (digit < 0) return null
    position = position * 32 + digit
  }
  return position > 0 && Number.isSafeInteger(position) ? { slug: text.slice(0, cut).toLowerCase(), position } : null
}
