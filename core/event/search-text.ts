// What free text and `stack.*` are looked for in (table key_text): of an issue's key the words of its newest event, and the frames of the
// event that founded it. Lower case, so that one index answers whatever is asked.

import { readPlatform } from './attributes.ts'
import type { EventMetadata } from './headline.ts'
import { isInApp } from './inapp.ts'
import { readText, sliceText, type JsonObject } from './json.ts'
import { readExceptions, readFrameList, readPaths, readThreads, readTopStack } from './stacks.ts'

const textLimit = 2_000
const framesLimit = 4_000
const lineCount = 50
const nameLimit = 256
/** Looked at, over all stacks: of a deep one the innermost say enough. */
const frameCount = 1_000

/** A line each; what another line says already is left out. Lower case, at most 2,000 units. */
export function searchText(title: string, culprit: string, metadata: EventMetadata): string {
  const { type, value, filename, function: name, title: own, directive, uri } = metadata
  let text = title
  for (const part of [culprit, type, value, filename, name, own, directive, uri]) if (part && !text.includes(part)) text += `\n${part}`
  return sliceText(text.toLowerCase(), textLimit)
}

/**
 * A frame a line, `filename`, `function` and `module` with tabs between: those of the application, all if it has none; of the thrown exception
 * first, then of its causes and of the threads, the innermost first. Lower case, each line once, at most 50 and 4,000 units. Never throws.
 */
export function readSearchFrames(event: JsonObject): string {
  const platform = readPlatform(event)
  const own = new Set<string>()
  const all = new Set<string>()
  let left = frameCount
  for (const stack of listStacks(event)) {
    const frames = readFrameList(stack)
    for (let at = frames.length - 1; at >= 0 && left > 0 && own.size < lineCount; at--, left--) {
      const frame = frames[at]!
      if (isInApp(frame, platform)) own.add(describeFrame(frame))
      else if (own.size === 0 && all.size < lineCount) all.add(describeFrame(frame))
    }
  }
  return joinLines(own.size > 0 ? own : all)
}

function listStacks(event: JsonObject): unknown[] {
  const stacks: unknown[] = readExceptions(event).map((value) => value.stacktrace).toReversed()
  return [...stacks, readTopStack(event), ...readThreads(event).map((thread) => thread.stacktrace)]
}

function describeFrame(frame: JsonObject): string {
  return `${clean(readPaths(frame).filename)}\t${clean(readText(frame.function))}\t${clean(readText(frame.module))}`.toLowerCase()
}

function clean(name: string | null): string {
  if (name === null) return ''
  const short = sliceText(name, nameLimit)
  return /[\t\r\n]/.test(short) ? short.replaceAll(/[\t\r\n]/g, ' ') : short
}

/** Whole lines only: half a name would be found by what it is not. */
function joinLines(lines: Iterable<string>): string {
  let text = ''
  for (const line of lines) {
    if (text.length + line.length >= framesLimit) break
    text += text === '' ? line : `\n${line}`
  }
  return text
}
