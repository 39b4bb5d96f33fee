// Version 1, the simple rule (grouping.md 2): raw type, raw message, transaction. It splits on every id and joins all
// call sites of a common message: the base line, and the other side of every migration. Frozen: a released version never
// changes a key.

import { firstLine, readExceptions, readLogMessage, readText, type JsonObject } from './front.ts'
import type { Component, Contribution } from './types.ts'

export function contributeV1(event: JsonObject): Contribution {
  const transaction: Component = ['x', readText(event.transaction)]
  const thrown = readExceptions(event).at(-1)
  if (thrown) return { strategy: 'exception', components: [['t', readText(thrown.type)], ['m', firstLine(readText(thrown.value))], transaction], notes: [] }
  const message = readLogMessage(event)
  if (message) return { strategy: 'message', components: [['M', firstLine(message)], transaction], notes: [] }
  return { strategy: 'fallback', components: [['0', ''], transaction], notes: [] }
}
