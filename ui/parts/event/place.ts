// Where a frame is, in words a person scans: a short path, the line, the function. Pure; the stack trace and the raw
// text view print the same.

import type { Frame } from '../../../core/contract/event.ts'

/** Longest path shown in a row; the whole one is in its title. */
const longestPath = 56

export type Place = { path: string; full: string; position: string; function: string }

/** Path elided from the left, '' when there is none but a name; `:line:column`; function. A null function is `<anonymous>` (ui.md D-06). */
export function describeFrame(frame: Frame, platform: string): Place {
  const full = frame.absPath ?? frame.filename ?? frame.module ?? frame.package ?? ''
  return { path: elideLeft(shortPath(frame, platform), longestPath), full, position: positionOf(frame), function: shortName(frame.function) }
}

/* Rust's compiler ends every name with a hash of its own; browsers call a function they know no name of "?". */
const shortName = (name: string | null): string => (name === null || name === '?' ? '<anonymous>' : name.replace(/::h[0-9a-f]{16}$/, ''))

/** `…/orders/repo.ts`: whole path parts from the right, as many as fit; `/` and `\` both separate. */
export function elideLeft(path: string, longest: number): string {
  if (path.length <= longest) return path
  const parts = path.split(/(?=[/\\])/)
  let kept = ''
  while (parts.length > 0 && kept.length + parts.at(-1)!.length < longest) kept = parts.pop()! + kept
  return kept === '' ? `…${path.slice(-(longest - 1))}` : `…${kept.replace(/^([/\\])+/, '$1')}`
}

/* Java names a class, not a path: its file name alone ("Cart.java") says less than the module. */
function shortPath(frame: Frame, platform: string): string {
  const language = frame.platform ?? platform
  if (frame.module !== null && (language === 'java' || frame.filename === null)) return frame.module
  // Dart's file name has lost its folder.
  if (language === 'dart' && frame.absPath !== null) return frame.absPath
  const path = frame.filename ?? frame.absPath
  if (path !== null) return withoutOrigin(path)
  // A name alone says where it is.
  return frame.package !== null ? lastPart(frame.package) : frame.function === null ? '<unknown>' : ''
}

function withoutOrigin(path: string): string {
  const address = /^(?:https?|file):\/\/[^/]*(\/[^?#]+)/i.exec(path)
  return address?.[1] ?? path
}

function positionOf(frame: Frame): string {
  if (frame.lineNo === null) return frame.instructionAddr === null ? '' : ` ${frame.instructionAddr}`
  return frame.colNo === null ? `:${frame.lineNo}` : `:${frame.lineNo}:${frame.colNo}`
}

const lastPart = (path: string): string => path.split(/[/\\]/).at(-1)!

/** The binary that a native frame is in, where the row does not name it already. */
export function packageOf(frame: Frame): string | null {
  return frame.instructionAddr === null || frame.package === null || (frame.filename ?? frame.absPath ?? frame.module) === null ? null : lastPart(frame.package)
}

/** What only some frames have, and what their row has no room for. */
export function listFacts(frame: Frame): [name: string, value: string][] {
  const symbol = offsetOf(frame)
  const facts: [string, string | null][] = [
    ['package', frame.instructionAddr === null ? null : frame.package],
    ['address', frame.instructionAddr],
    ['symbol', frame.symbolAddr === null ? null : `${frame.symbolAddr}${symbol === null ? '' : ` + ${symbol}`}`],
    ['full name', frame.rawFunction ?? frame.function],
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== shortName(frame.function))
}

function offsetOf({ instructionAddr, symbolAddr }: Frame): number | null {
  if (instructionAddr === null || symbolAddr === null) return null
  const offset = BigInt(instructionAddr) - BigInt(symbolAddr)
  return offset >= 0n && offset < 1_000_000n ? Number(offset) : null
}
