// A stack trace as plain text, for reading with the browser's search and for pasting. Pure.

import type { ExceptionValue, Frame, Stacktrace } from '../../../core/contract/event.ts'
import { orderExceptions } from './chain.ts'

/** All exceptions, thrown first, every frame most recent call first. */
export function formatExceptions(values: ExceptionValue[]): string {
  return orderExceptions(values).map((link) => {
    const head = [link.value.type ?? 'Error', link.value.value].filter((part) => part !== null && part !== '').join(': ')
    const relation = link.relation === null ? '' : `${link.relation}:\n`
    return `${relation}${head}\n${link.value.stacktrace === null ? '' : formatTrace(link.value.stacktrace)}`
  }).join('\n')
}

export function formatTrace(trace: Stacktrace): string {
  return trace.frames.toReversed().map(formatFrame).join('')
}

function formatFrame(frame: Frame): string {
  const position = frame.lineNo === null ? frame.instructionAddr === null ? '' : ` ${frame.instructionAddr}` : `:${frame.lineNo}${frame.colNo === null ? '' : `:${frame.colNo}`}`
  const source = frame.context.find(([line]) => line === frame.lineNo)?.[1].trim()
  return `  at ${frame.function ?? '<anonymous>'} (${frame.absPath ?? frame.filename ?? frame.module ?? frame.package ?? '<unknown>'}${position})${source ? `\n       ${source}` : ''}\n`
}
