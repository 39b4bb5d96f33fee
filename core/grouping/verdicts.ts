// For the event page: of every frame, whether it counts and why (grouping.md 3.8). The key is computed once more, by the
// same code, which writes down its reasons on the way: what the page says cannot differ from what was decided.

import { isObject, readExceptions, readFrames, readThreads, type JsonObject } from './front.ts'
import { group } from './group.ts'
import type { FrameTrace, FrameVerdict, FrameVerdicts, Grouping, GroupingConfig } from './types.ts'

/** Total, like `group`. */
export function judgeFrames(event: unknown, config: GroupingConfig): FrameVerdicts {
  const payload = isObject(event) ? event : {}
  const trace: FrameTrace = new Map()
  const otherwise = { used: false, reason: explainSilence(group(payload, config, trace)) }
  const judge = (frame: JsonObject): FrameVerdict => trace.get(frame) ?? otherwise
  const exceptions = readExceptions(payload).map((exception) => readFrames(exception).map(judge))
  const thread = [...readThreads(payload), payload].map(readFrames).find((frames) => frames.some((frame) => trace.has(frame)))
  return thread ? { exceptions, thread: thread.map(judge) } : { exceptions }
}

/** Why the algorithm did not look at a frame at all. */
function explainSilence({ version, strategy, notes }: Grouping): string {
  if (version === 'fp') return notes[0] ?? strategy
  if (version === 'v1') return 'v1 does not look at frames'
  return /^(?:hybrid\+)?(?:security|builtin)$/.test(strategy) ? 'the kind of the error is enough' : 'farther from the crash than what is read'
}
