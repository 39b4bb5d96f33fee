// The strategies on exceptions: the types and frames of the whole chain; a message only where the stack says too little
// (grouping.md 3.2).

import { readExceptions, readFrames, type JsonObject } from '../front.ts'
import type { Component, Contribution } from '../types.ts'
import { collectIds, pushFrames, type Ids } from './collect.ts'
import { note, type Context } from './context.ts'
import { readCrashLine } from './crash-line.ts'
import { reduceGroup } from './exception-group.ts'
import { isCrashMinified } from './stack.ts'
import { readThreadFrames } from './thread.ts'
import { messageOf, readThrown, type Thrown } from './thrown.ts'

const keptAtEachEnd = 4
const messageIgnored = 'message ignored: the stack trace takes precedence'

/** Undefined if the exceptions say nothing at all: the next strategy decides. */
export function contributeExceptions(context: Context): Contribution | undefined {
  const sent = readExceptions(context.event)
  if (sent.length === 0) return undefined
  const chain = readChain(sent, context)
  const last = chain.at(-1)!
  const hasApplication = chain.some(({ application }) => application.ids.length > 0)
  const components: Component[] = []
  for (const thrown of chain) pushThrown(components, thrown, { hasApplication, isOutermost: thrown === last }, context)
  if (components.length > chain.length) return { strategy: nameStrategy(components), components, notes: context.notes }
  // Only the begin of each exception so far.
  const message = messageOf(last, context)
  if (message === '') return undefined
  const notes = [...context.notes.filter((text) => text !== messageIgnored), 'message used: nothing else in the exception']
  return { strategy: 'exception-message', components: [['E', ''], ['m', message]], notes }
}

function readChain(sent: JsonObject[], context: Context): Thrown[] {
  const reduced = reduceGroup(sent, context)
  const counted = reduced.length > keptAtEachEnd * 2 ? [...reduced.slice(0, keptAtEachEnd), ...reduced.slice(-keptAtEachEnd)] : reduced
  if (counted.length < reduced.length) note(context, `${reduced.length - counted.length} exceptions in the middle ignored`)
  traceLeftOut(sent, counted, context)
  return counted.map((one, index) => {
    const frames = readFrames(one)
    const borrowed = frames.length === 0 && index === counted.length - 1 ? readThreadFrames(context.event) : []
    if (borrowed.length > 0) note(context, 'frames taken from the crashed thread')
    return readThrown(one, context, borrowed.length > 0 ? borrowed : frames)
  })
}

function traceLeftOut(sent: JsonObject[], counted: JsonObject[], { trace }: Context): void {
  if (!trace) return
  for (const one of sent) if (!counted.includes(one)) for (const frame of readFrames(one)) trace.set(frame, { used: false, reason: 'its exception is left out' })
}

type Position = { hasApplication: boolean; isOutermost: boolean }

function pushThrown(components: Component[], thrown: Thrown, position: Position, context: Context): void {
  components.push(['E', ''])
  if (thrown.isSynthetic) {
    if (thrown.type !== '') note(context, 'type ignored: synthetic')
  } else if (thrown.type !== '') components.push(['t', thrown.type])
  if (thrown.nsError) components.push(['n', thrown.nsError.domain], ['c', thrown.nsError.code])
  let library: Ids | undefined
  if (thrown.application.ids.length > 0) {
    pushFrames(components, thrown.application, 'application', context)
    const line = readCrashLine(thrown.application)
    if (line !== '') components.push(['l', line])
  } else if (!position.hasApplication) {
    library = collectIds(thrown.stack, 'library', context)
    pushFrames(components, library, 'library', context)
  }
  pushMessage(components, thrown, { ...position, libraryCount: library?.ids.length ?? 0 }, context)
}

function pushMessage(components: Component[], thrown: Thrown, position: Position & { libraryCount: number }, context: Context): void {
  if (thrown.value === '') return
  const why = thrown.nsError ? undefined : judgeMessage(thrown, position, context)
  if (why === undefined) {
    note(context, thrown.nsError ? 'message ignored: domain and code stand for it' : messageIgnored)
    return
  }
  const message = messageOf(thrown, context)
  if (message === '') return
  components.push(['m', message])
  note(context, `message used: ${why}`)
}

// Types that say nothing but that something failed.
const genericTypes = new Set([
  'error', '*errors.errorString', '*fmt.wrapError', '*fmt.wrapErrors', '*errors.joinError', '*errors.fundamental', '*errors.withStack', '*errors.withMessage', '*xerrors.wrapError',
])
const fewLibraryFrames = 2

/** Why the message counts; undefined if it does not. */
function judgeMessage(thrown: Thrown, { hasApplication, isOutermost, libraryCount }: Position & { libraryCount: number }, context: Context): string | undefined {
  if (genericTypes.has(thrown.type)) return 'generic type'
  if (thrown.isSynthetic) return undefined
  if (isCrashMinified(thrown.stack)) return 'minified name'
  if (hasApplication) return undefined
  return libraryCount <= fewLibraryFrames || (isOutermost && context.family !== 'native') ? 'no application frame' : undefined
}

function nameStrategy(components: Component[]): string {
  if (components.some(([tag]) => tag === 'f')) return 'exception-stack'
  return components.some(([tag]) => tag === 's') ? 'exception-system-stack' : 'exception-message'
}
