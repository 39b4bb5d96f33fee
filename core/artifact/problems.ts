// Sentences on the event page for frames that stayed minified.

import type { EventEntry, Frame, Stacktrace } from '../contract/event.ts'

/** Sets the errors of every frame of a file that `problems` names. Frames that were mapped are of other files by now. */
export function addFrameProblems(entries: EventEntry[], problems: ReadonlyMap<string, string>): EventEntry[] {
  if (problems.size === 0) return entries
  const explain = (frame: Frame): Frame => {
    const problem = problems.get(frame.absPath ?? '')
    return problem === undefined ? frame : { ...frame, errors: [problem] }
  }
  const onStack = <T extends Stacktrace | null>(stack: T): T => (stack === null ? stack : { ...stack, frames: stack.frames.map(explain) })
  return entries.map((entry): EventEntry => {
    if (entry.type === 'stacktrace') return { ...entry, data: onStack(entry.data) }
    if (entry.type === 'exception') return { ...entry, data: { values: entry.data.values.map((value) => ({ ...value, stacktrace: onStack(value.stacktrace) })) } }
    if (entry.type === 'threads') return { ...entry, data: { values: entry.data.values.map((value) => ({ ...value, stacktrace: onStack(value.stacktrace) })) } }
    return entry
  })
}
