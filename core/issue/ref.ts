// The ways an address names an issue: `481`, `SHOP-9RK2`. Both name the event at that position; the issue that holds it now is meant (architecture 6).

import { parseShortId } from '../shortid.ts'

/** `slug`: which project a short id claims; null for a plain number. */
export type IssueRef = { position: number; slug: string | null }

export function readIssueRef(text: string): IssueRef | null {
  if (!/^\d+$/.test(text)) return parseShortId(text)
  const position = Number(text)
  return position > 0 && Number.isSafeInteger(position) ? { position, slug: null } : null
}
