// Which frames a stack trace shows, and in which rows: most recent call first, library frames folded, repeats counted.
// Pure: StackFrames draws these rows. Frames arrive oldest first (protocol 4.4).

import type { Frame, Stacktrace } from '../../../core/contract/event.ts'

export type FrameRow = { kind: 'frame'; frame: Frame; index: number; repeats: number; open: boolean }
export type TraceRow = FrameRow | { kind: 'folded'; key: string; count: number } | { kind: 'omitted'; key: string; count: number }

/**
 * Rows of one stack trace. In the short form library frames are folded, except the one that calls into app code, any
 * that stands alone (a fold would save nothing) and all of them when nothing is in-app. `opened` holds unfolded keys.
 */
export function layoutFrames(trace: Stacktrace, options: { all: boolean; opened: ReadonlySet<string> }): TraceRow[] {
  const frames = trace.frames
  const folds = !options.all && frames.some((frame) => frame.inApp)
  const firstOpen = frames.findLastIndex((frame) => frame.inApp)
  const openIndex = firstOpen < 0 ? frames.length - 1 : firstOpen
  const rows: TraceRow[] = []
  let index = frames.length - 1
  while (index >= 0) {
    const run = folds ? countFoldable(frames, index) : 0
    const key = `folded-${index}`
    if (run > 1 && !options.opened.has(key)) rows.push({ kind: 'folded', key, count: run })
    const repeats = run > 1 || options.all ? 1 : countRepeats(frames, index)
    const listed = run > 1 && options.opened.has(key) ? run : run > 1 ? 0 : 1
    for (let at = index; at > index - listed; at -= 1) rows.push({ kind: 'frame', frame: frames[at]!, index: at, repeats, open: openIndex <= at && openIndex > at - repeats })
    index -= Math.max(run, repeats)
  }
  return withOmitted(rows, trace.framesOmitted)
}

/** Library frames from `index` towards older calls, up to the next in-app frame; the caller of app code ends the run. */
function countFoldable(frames: Frame[], index: number): number {
  let at = index
  while (at >= 0 && !frames[at]!.inApp && frames[at + 1]?.inApp !== true) at -= 1
  return index - at
}

function countRepeats(frames: Frame[], index: number): number {
  let at = index
  while (at > 0 && sameCall(frames[at]!, frames[at - 1]!)) at -= 1
  return index - at + 1
}

function sameCall(a: Frame, b: Frame): boolean {
  return a.inApp === b.inApp && a.lineNo !== null && a.lineNo === b.lineNo && a.colNo === b.colNo && a.function === b.function && a.filename === b.filename && a.module === b.module
}

/* The gap sits between the frames before `from` (older) and those after: in this order, above the first row older than it. */
function withOmitted(rows: TraceRow[], omitted: [number, number] | null): TraceRow[] {
  if (omitted === null) return rows
  const [from, to] = omitted
  const gap: TraceRow = { kind: 'omitted', key: 'omitted', count: to - from }
  const at = rows.findIndex((row) => row.kind === 'frame' ? row.index < from : row.kind === 'folded' && Number(row.key.slice(7)) < from)
  return at < 0 ? [...rows, gap] : [...rows.slice(0, at), gap, ...rows.slice(at)]
}
