// The identities of a stack that count: those of the application, or of libraries, repetitions once (grouping.md 3.2, 3.5).

import type { Component } from '../types.ts'
import { note, type Context } from './context.ts'
import type { Frame } from './frame.ts'
import { identityAt, type Stack } from './stack.ts'

/** Nearest the crash first, and the frames they come from; some more than count. */
export type Ids = { ids: string[]; frames: Frame[] }

const limits = { application: 10, library: 20 }
const longestCycle = 4

/**
 * Walked from the crash: what a long stack leaves out is its base. A few more than the limit are collected, so that a
 * repetition that begins among the last that count is found whatever its depth.
 */
export function collectIds(stack: Stack, kind: 'application' | 'library', context: Context): Ids {
  const { trace } = context
  const isCyclic = kind === 'application' || !stack.isNative
  const found: Ids = { ids: [], frames: [] }
  let isApart = false
  let minified = 0
  for (let index = stack.frames.length - 1; index >= 0; index--) {
    const isWanted = stack.origins[index]!.kind === kind
    if (!isWanted && !stack.isNative) continue
    const frame = stack.frames[index]!
    if (found.ids.length >= limits[kind] + longestCycle) {
      if (!trace) break
      if (isWanted) trace.set(frame.sent, tooMany(kind))
      continue
    }
    const identity = identityAt(stack, index)
    if (typeof identity !== 'string') {
      // On native something was there between two calls of one function.
      isApart ||= stack.isNative && !identity.dropped
      if (identity.minified && isWanted) minified++
      trace?.set(frame.sent, { used: false, reason: identity.reason })
    } else if (isWanted) {
      if (found.ids.at(-1) === identity && !isApart) trace?.set(frame.sent, repeats)
      else {
        found.ids.push(identity)
        found.frames.push(frame)
        if (isCyclic) dropCycle(found, context)
      }
      isApart = false
    }
  }
  if (minified > 0) note(context, minified === 1 ? '1 minified frame ignored' : `${minified} minified frames ignored`)
  return found
}

const repeats = { used: false, reason: 'repeats' }

function tooMany(kind: keyof typeof limits): { used: false; reason: string } {
  return { used: false, reason: `more than ${limits[kind]} ${kind} frames` }
}

/** Takes the older half away where the list ends with one sequence twice: A B A B becomes A B. */
function dropCycle({ ids, frames }: Ids, context: Context): void {
  for (let length = 2; length <= longestCycle && length * 2 <= ids.length; length++) {
    let same = 0
    while (same < length && ids[ids.length - 1 - same] === ids[ids.length - 1 - same - length]) same++
    if (same < length) continue
    for (const frame of frames.slice(-length)) context.trace?.set(frame.sent, repeats)
    ids.length -= length
    frames.length -= length
    return
  }
}

/** The identities as components, oldest first; this is what makes a frame count. */
export function pushFrames(components: Component[], found: Ids, kind: 'application' | 'library', context: Context): void {
  const count = Math.min(found.ids.length, limits[kind])
  for (let index = count - 1; index >= 0; index--) components.push([kind === 'application' ? 'f' : 's', found.ids[index]!])
  if (!context.trace) return
  for (const [index, frame] of found.frames.entries()) {
    const why = context.trace.get(frame.sent)
    context.trace.set(frame.sent, index < count ? { used: true, reason: `${why?.reason ?? `${kind} frame`}, counts`, ...(why?.line !== undefined && { line: why.line }) } : tooMany(kind))
  }
}
