// The frames of one exception or thread, each with whose it is and, once somebody asks, what identifies it
// (grouping.md 3.4, 3.5).

import type { JsonObject } from '../front.ts'
import { note, type Context } from './context.ts'
import { readFrame, type Frame, type Identity } from './frame.ts'
import { identify } from './identity.ts'
import { walkNative } from './native-stack.ts'
import { judgeOrigin, type Origin } from './origin.ts'

const readLimit = 120
const readCount = 100

/** Oldest frame first, those that a rule drops left out. `identities` are filled on demand, on native at once. */
export type Stack = { frames: Frame[]; origins: Origin[]; identities: (Identity | undefined)[]; isNative: boolean }

export function readStack(sent: JsonObject[], errorType: string, context: Context): Stack {
  const stack: Stack = { frames: [], origins: [], identities: [], isNative: false }
  for (const one of sent.length > readLimit ? sent.slice(-readCount) : sent) {
    const frame = readFrame(one, context.platform)
    const origin = judgeOrigin(frame, context.frameRules, errorType)
    if (origin.note !== undefined) note(context, origin.note)
    context.trace?.set(one, { used: false, reason: origin.reason, ...(origin.line !== undefined && { line: origin.line }) })
    if (origin.kind === 'dropped') continue
    stack.isNative ||= frame.family === 'native'
    stack.frames.push(frame)
    stack.origins.push(origin)
  }
  if (stack.isNative) stack.identities = walkNative(stack.frames, stack.origins)
  return stack
}

export function identityAt(stack: Stack, index: number): Identity {
  return (stack.identities[index] ??= identify(stack.frames[index]!))
}

/** Whether the frame nearest the crash has no identity because a minifier named it. */
export function isCrashMinified(stack: Stack): boolean {
  for (let index = stack.frames.length - 1; index >= 0; index--) {
    if (stack.frames[index]!.family !== 'javascript') return false
    const identity = identityAt(stack, index)
    if (typeof identity === 'string') return false
    if (!identity.dropped) return identity.minified === true
  }
  return false
}
