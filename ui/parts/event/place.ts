// Where a frame is, in words a person scans: a short path, the line, the function. Pure; the stack trace and the raw
// text view print the same.

import type { Frame } from '../../../core/contract/event.ts'

/** Longest path shown in a row; the whole one is in its title. */
const longestPath = 56

export type Place = { path: string; full: string; position: string; function: string }

/** Path elided from the left, `:line:column`, function. A null function is `<anonymous>` (ui.md D-06). */
export function describeFrame(frame: Frame, platform: string): Place {
  const full = frame.absPath ?? frame.filename ?? frame.module ?? frame.package ?? ''
  return { path: elideLeft(shortPath(frame, platform), longestPath), full, position: positionOf(frame), function: frame.function ?? '<anonymous>' }
}

/** `…/orders/repo.ts`: whole path parts from the right, as many as fit; `/` and `\` both separate. */
export function elideLeft(path: string, longest: number): string {
  if (path.length <= longest) return path
  const parts = path.split(/(?=[/\\])/)
  let kept = ''
  while (parts.length > 0 && kept.length + parts.at(-1)!.length < longest) kept = parts.pop()! + kept
  return kept === '' ? `…${path.slice(-(longest - 1))}` : `…${kept}`
}

/* Java names a class, not a path: its file name alone ("Cart.java") says less than the module. */
function shortPath(frame: Frame, platform: string): string {
  const language = frame.platform ?? platform
  if (frame.module !== null && (language === 'java' || frame.filename === null)) return frame.module
  const path = frame.filename ?? frame.absPath
  if (path !== null) return withoutOrigin(path)
  return frame.package === null ? '<unknown>' : frame.package.split(/[/\\]/).at(-1)!
}

function withoutOrigin(path: string): string {
  const address = /^(?:https?|file):\/\/[^/]*(\/[^?#]+)/i.exec(path)
  return address?.[1] ?? path
}

function positionOf(frame: Frame): string {
  if (frame.lineNo === null) return frame.instructionAddr === null ? '' : ` ${frame.instructionAddr}`
  return frame.colNo === null ? `:${frame.lineNo}` : `:${frame.lineNo}:${frame.colNo}`
}
