// What kind of thing a value of an event is and what stands under it. Pure; ValueTree draws it. Depth and number of
// children are capped, because an attacker chooses both (D-16).

export type ValueKind = 'string' | 'number' | 'keyword' | 'object' | 'array'

export const deepest = 24
export const mostChildren = 100

export function kindOf(value: unknown): ValueKind {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'object' && value !== null) return 'object'
  return typeof value === 'string' ? 'string' : typeof value === 'number' ? 'number' : 'keyword'
}

/** Entries of an object or array, at most `limit`, and how many there are in all. */
export function listChildren(value: unknown, limit: number): { entries: [string, unknown][]; total: number } {
  if (typeof value !== 'object' || value === null) return { entries: [], total: 0 }
  const keys = Object.keys(value)
  return { entries: keys.slice(0, limit).map((key) => [key, (value as Record<string, unknown>)[key]]), total: keys.length }
}

/** One line: `{"id":8812,"roles":["admin"]}`, cut at `longest` characters without reading the whole value. */
export function previewOf(value: unknown, longest = 120): string {
  const text = writePreview(value, longest, 0)
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}

function writePreview(value: unknown, room: number, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value.length > room ? `${value.slice(0, room)}…` : value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (depth > 3) return Array.isArray(value) ? '[…]' : '{…}'
  const parts: string[] = []
  let length = 2
  for (const [key, child] of listChildren(value, 40).entries) {
    if (length > room) break
    const part = Array.isArray(value) ? writePreview(child, room - length, depth + 1) : `${JSON.stringify(key)}:${writePreview(child, room - length, depth + 1)}`
    parts.push(part)
    length += part.length + 1
  }
  return Array.isArray(value) ? `[${parts.join(',')}]` : `{${parts.join(',')}}`
}

/** What "copy" puts on the clipboard: text as it is, everything else as indented JSON. */
export function copyTextOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2) ?? String(value)
}
