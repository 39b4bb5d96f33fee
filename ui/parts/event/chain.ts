// In which order chained exceptions are read, and how each belongs to the one before it. Pure. Values arrive oldest
// cause first, the thrown one last (protocol 4.4); the page reads them the other way round.

import type { ExceptionValue, Thread } from '../../../core/contract/event.ts'

export type ChainLink = { value: ExceptionValue; index: number; depth: number; relation: string | null }

/** Thrown exception first. A tree when every value has an id and the ids form one, else a line. */
export function orderExceptions(values: ExceptionValue[]): ChainLink[] {
  return orderTree(values) ?? orderLine(values)
}

/** SDKs of native code send the stack of what was thrown as that of its thread only: there it belongs to the last value. */
export function borrowStack(values: ExceptionValue[], threads: Thread[]): ExceptionValue[] {
  const last = values.at(-1)
  if (last === undefined || values.some((value) => value.stacktrace !== null)) return values
  const thread = threads.find(({ id, stacktrace }) => stacktrace !== null && id !== null && id === last.threadId) ?? threads.find(({ crashed, stacktrace }) => crashed && stacktrace !== null)
  return thread === undefined ? values : [...values.slice(0, -1), { ...last, stacktrace: thread.stacktrace }]
}

function orderLine(values: ExceptionValue[]): ChainLink[] {
  return values.map((value, index) => ({ value, index, depth: 0, relation: index === values.length - 1 ? null : relationOf(value) })).toReversed()
}

/* Only groups are worth a tree; a chain with ids reads better as a line. Missing parents, cycles, doubled ids: a line. */
function orderTree(values: ExceptionValue[]): ChainLink[] | null {
  if (!values.some((value) => value.mechanism?.isExceptionGroup)) return null
  const byId = new Map<number, number>()
  for (const [index, value] of values.entries()) {
    const id = value.mechanism?.exceptionId ?? null
    if (id === null || byId.has(id)) return null
    byId.set(id, index)
  }
  const links: ChainLink[] = []
  const visit = (id: number, depth: number): void => {
    const index = byId.get(id)!
    const value = values[index]!
    links.push({ value, index, depth, relation: depth === 0 ? null : relationOf(value) })
    for (const child of childrenOf(values, id)) visit(child, depth + 1)
  }
  const roots = values.filter((value) => value.mechanism!.parentId === null)
  if (roots.length !== 1) return null
  visit(roots[0]!.mechanism!.exceptionId!, 0)
  return links.length === values.length ? links : null
}

function childrenOf(values: ExceptionValue[], parent: number): number[] {
  return values.flatMap((value) => value.mechanism!.parentId === parent ? [value.mechanism!.exceptionId!] : []).sort((a, b) => a - b)
}

/** How this one came to the one read before it: `__context__` was being handled, group members have a number, all else is a cause. */
function relationOf(value: ExceptionValue): string {
  const source = value.mechanism?.source ?? null
  if (source === '__context__') return 'while handling'
  const member = /^(?:errors|exceptions)\[(\d+)\]$/.exec(source ?? '')
  return member === null ? 'caused by' : `in the group, number ${Number(member[1]) + 1}`
}
