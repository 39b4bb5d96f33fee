// Globs of rules against the values of an event (grouping.md 4). Matched by hand with two pointers and counted step by
// step, because rules and events are both written by somebody else. Frozen like the domain `fp`: what a rule matches decides keys.

/** Steps that are left of a matching; below 0 it is over, and nothing matches any more. */
export type Meter = { left: number }

/** A value as globs look at it. `mask` has a bit for each character in it, so that most globs fail in one step. */
export type Text = { text: string; mask: number }

/** How a field's values are compared. */
export type Comparison = { ignoresCase?: true; path?: true }

/** Literal UTF-16 units, or one of the three below. In a path `?` stops at `/`. */
export type Glob = { codes: readonly number[]; mask: number; path: boolean }

const oneCharacter = -1
const anyInSegment = -2
const any = -3

const slash = 47

export function countWildcards(glob: string): number {
  return glob.match(/\*+|\?/g)?.length ?? 0
}

/** All that the glob stands for; a value matches if any of them does. A leading `/` of a path is in none of them. */
export function compileGlob(glob: string, comparison: Comparison): Glob[] {
  const wanted = unify(glob, comparison)
  const globs = [encodeGlob(wanted, comparison)]
  // `**/x` means `/x` too, which is `x` here.
  const afterStars = /^\*+\//.exec(wanted)
  if (comparison.path && afterStars) globs.push(encodeGlob(wanted.slice(afterStars[0].length), comparison))
  return globs
}

/** Costs as many steps as the value has units. */
export function readyText(value: string, comparison: Comparison, meter: Meter): Text {
  const text = unify(value, comparison)
  meter.left -= text.length
  let mask = 0
  for (let at = 0; at < text.length; at++) mask |= 1 << (text.charCodeAt(at) & 31)
  return { text, mask }
}

function unify(text: string, { ignoresCase, path }: Comparison): string {
  let unified = text
  // Each step looks before it copies: few values need it, and every frame of every event comes through here.
  if (path && unified.includes('\\')) unified = unified.replaceAll('\\', '/')
  if (path && unified.startsWith('/')) unified = unified.slice(1)
  if (ignoresCase) unified = unified.toLowerCase()
  // A sigma's small form depends on what follows it, which in a glob is not what follows it in the value.
  return ignoresCase && unified.includes('ς') ? unified.replaceAll('ς', 'σ') : unified
}

function encodeGlob(glob: string, { path }: Comparison): Glob {
  const codes = (glob.match(/\*+|[^*]/gs) ?? []).flatMap((token) => {
    if (token === '?') return [oneCharacter]
    if (token.startsWith('*')) return [path && token.length === 1 ? anyInSegment : any]
    return [token.charCodeAt(0)]
  })
  return { codes, mask: codes.reduce((mask, code) => (code < 0 ? mask : mask | (1 << (code & 31))), 0), path: path === true }
}

/**
 * Whether the glob is the whole text. Only the last `*` of a segment and the last `**` are tried again: what an earlier
 * one could take more of, the last one can take as well, because neither `*` nor `?` crosses a `/` in a path.
 */
export function matchGlob({ codes, mask, path }: Glob, { text, mask: present }: Text, meter: Meter): boolean {
  if (--meter.left < 0 || (mask & ~present) !== 0) return false
  let at = 0
  let next = 0
  let star = -1
  let starNext = 0
  let deep = -1
  let deepNext = 0
  for (; meter.left >= 0; meter.left--) {
    const wanted = codes[at]
    if (wanted === anyInSegment) {
      star = at++
      starNext = next
    } else if (wanted === any) {
      deep = at++
      deepNext = next
      star = -1
    } else if (wanted === undefined && next === text.length) return true
    else if (wanted === text.charCodeAt(next)) {
      next++
      at++
    } else if (wanted === oneCharacter && next < text.length && !(path && text.charCodeAt(next) === slash)) {
      next += widthAt(text, next)
      at++
    } else if (star >= 0 && starNext < text.length && text.charCodeAt(starNext) !== slash) {
      starNext += widthAt(text, starNext)
      next = starNext
      at = star + 1
    } else if (deep >= 0 && deepNext < text.length && !(star >= 0 && starNext === text.length)) {
      deepNext += widthAt(text, deepNext)
      next = deepNext
      at = deep + 1
      star = -1
    } else return false
  }
  return false
}

/** UTF-16 units of the character at that place. */
function widthAt(text: string, at: number): number {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00 ? 2 : 1
}
