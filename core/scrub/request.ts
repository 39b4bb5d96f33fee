// What travels as text and is data: query strings, forms, JSON bodies, addresses of pages. Taken apart before scrubbing, so that
// `?password=x` is found by its name, and put together again, so that text stays text (protocol 6.4).

import { isObject } from '../event/json.ts'
import { judgeName } from './names.ts'
import { amongCookies, everything, onlyPatterns } from './reach.ts'
import { filtered, hide, type Run } from './run.ts'
import type { Scrub } from './structure.ts'
import { scrubString, type Reach } from './text.ts'
import { findLabel, mapFields, mapItems, scrubField, scrubValue } from './value.ts'

/** `a=1&b=2`, an object or pairs. */
export function scrubQuery(value: unknown, run: Run, levels: number): unknown {
  if (typeof value !== 'string') return scrubValue(value, everything, run, levels)
  return value.includes('=') ? scrubForm(value, run, levels) : scrubString(value, everything, run)
}

function scrubForm(text: string, run: Run, levels: number): string {
  const start = text.startsWith('?') ? '?' : ''
  const parts = text.slice(start.length).split('&').map((part) => {
    const at = part.indexOf('=')
    if (at === -1) return scrubPart(part, null, run, levels)
    return part.slice(0, at + 1) + scrubPart(part.slice(at + 1), decodePart(part.slice(0, at)), run, levels)
  })
  // A pattern of the project may look for name and value together.
  return scrubString(start + parts.join('&'), onlyPatterns, run)
}

function scrubPart(part: string, name: string | null, run: Run, levels: number): string {
  const value = decodePart(part)
  const scrubbed = name === null ? scrubString(value, everything, run) : scrubField(name, value, everything, run, levels)
  if (scrubbed === value) return part
  return encodeURIComponent(String(scrubbed ?? '').toWellFormed()).replaceAll(/%5B(Filtered|email|ip)%5D/g, '[$1]')
}

/** As browsers read it: what is no percent-escape stays as it is. */
function decodePart(part: string): string {
  return /[%+]/.test(part) ? (new URLSearchParams(`v=${part}`).get('v') ?? part) : part
}

/** The address of a page: query and fragment by the rules for queries, what is before them as far as `reach` goes. */
export function scrubUrl(reach: Reach): Scrub {
  return (value, run, levels) => {
    if (typeof value !== 'string') return scrubValue(value, reach, run, levels)
    const end = value.search(/[?#]/)
    if (end === -1) return scrubString(value, reach, run)
    const hash = value.indexOf('#', end)
    const queryEnd = hash === -1 ? value.length : hash
    const base = scrubString(value.slice(0, end), reach, run)
    const query = end < queryEnd ? String(scrubQuery(value.slice(end, queryEnd), run, levels)) : ''
    const fragment = hash === -1 ? '' : '#' + scrubFragment(value.slice(hash + 1), reach, run, levels)
    return scrubString(base + query + fragment, onlyPatterns, run)
  }
}

// `#access_token=…` comes back from signing in; `#section-2` is a place on the page.
function scrubFragment(text: string, reach: Reach, run: Run, levels: number): string {
  return text.includes('=') ? scrubForm(text, run, levels) : scrubString(text, reach, run)
}

/** The body of a request or response: any JSON, or text of JSON or of a form. */
export function scrubBody(value: unknown, run: Run, levels: number): unknown {
  if (typeof value !== 'string') return scrubValue(value, everything, run, levels)
  if (isJsonText(value)) return mapJson(value, (body) => scrubValue(body, everything, run, levels)) ?? scrubTornText(value, run)
  return /^[^\s=&]+=/.test(value) ? scrubForm(value, run, levels) : scrubString(value, everything, run)
}

function isJsonText(text: string): boolean {
  const first = text.trimStart().charAt(0)
  return first === '{' || first === '['
}

/** The text of an object or list with what `scrub` changes in it; the very text if that is nothing; null if it cannot be parsed. */
export function mapJson(text: string, scrub: (body: unknown) => unknown): string | null {
  if (!isJsonText(text)) return null
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return null
  }
  const scrubbed = scrub(body)
  if (scrubbed === body) return text
  try {
    return JSON.stringify(scrubbed)
  } catch {
    // Deeper than JSON can be written (protocol, Appendix A).
    return filtered
  }
}

// SDKs cut long bodies, and then no name can be told from a value: one secret name hides the text.
function scrubTornText(text: string, run: Run): string {
  const kind = judgeName(text, { ...run.rules, safe: [], kinds: new Map() })
  return kind === 'secret' || kind === 'asked' ? hide(run, kind === 'asked' ? 'field' : 'password') : scrubString(text, everything, run)
}

/** An object, pairs or `{key, value}`; `User-Agent` is never touched. */
export function scrubHeaders(value: unknown, run: Run, levels: number): unknown {
  if (levels <= 0) return scrubValue(value, everything, run, levels)
  if (Array.isArray(value) && typeof value[0] !== 'string') return mapItems(value, (part, _, inner, left) => (namesAgent(readName(part)) ? part : scrubValue(part, amongCookies, inner, left)), null, run, levels)
  if (!isObject(value) || findLabel(value) !== null) return scrubValue(value, amongCookies, run, levels)
  return mapFields(value, (name, part, _, inner, left) => (namesAgent(name) ? part : scrubField(name, part, amongCookies, inner, left)), null, run, levels)
}

function readName(pair: unknown): unknown {
  return Array.isArray(pair) ? pair[0] : isObject(pair) ? pair.key : null
}

function namesAgent(name: unknown): boolean {
  return typeof name === 'string' && name.length === 10 && name.toLowerCase() === 'user-agent'
}

