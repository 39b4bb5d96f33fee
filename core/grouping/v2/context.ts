// What every strategy of v2 knows about the event it looks at, and where it writes down its reasons.

import type { CompiledFrameRules, Family, FrameTrace } from '../types.ts'
import type { JsonObject } from '../front.ts'

export type Context = {
  event: JsonObject
  platform: string
  family: Family
  frameRules: CompiledFrameRules | undefined
  /** Only when verdicts are asked for. */
  trace: FrameTrace | undefined
  notes: string[]
}

/** Each reason once, however many exceptions share it. */
export function note(context: Context, text: string): void {
  if (!context.notes.includes(text)) context.notes.push(text)
}
