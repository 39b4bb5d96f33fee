// One exception as the strategies read it, its application frames collected (grouping.md 3.2, steps 1 to 3).

import { isObject, readFrames, readText, type JsonObject } from '../front.ts'
import { collectIds, type Ids } from './collect.ts'
import type { Context } from './context.ts'
import { normaliseMessage } from './message.ts'
import { readStack, type Stack } from './stack.ts'

export type Thrown = {
  /** Without addresses; '' if the exception has none. */
  type: string
  /** Raw. */
  value: string
  isSynthetic: boolean
  /** NSErrors say it by numbers; their text is localised. */
  nsError: { domain: string; code: string } | undefined
  stack: Stack
  application: Ids
}

const signals = new Set(['minidump', 'mach', 'signalhandler', 'cpp_exception'])

export function readThrown(sent: JsonObject, context: Context, frames: JsonObject[] = readFrames(sent)): Thrown {
  const type = readText(sent.type)
  const mechanism = isObject(sent.mechanism) ? sent.mechanism : undefined
  const stack = readStack(frames, type, context)
  return {
    type: /0x/i.test(type) ? type.replaceAll(/0x[0-9a-f]+/gi, '<v>') : type,
    value: readText(sent.value),
    isSynthetic: mechanism !== undefined && isSynthetic(mechanism, context),
    nsError: mechanism && isObject(mechanism.meta) ? readNsError(mechanism.meta.ns_error) : undefined,
    stack,
    application: collectIds(stack, 'application', context),
  }
}

/** A type that stands for the signal, not for the error. */
function isSynthetic(mechanism: JsonObject, { family }: Context): boolean {
  if (mechanism.synthetic === true) return true
  return family === 'native' && mechanism.synthetic !== false && signals.has(readText(mechanism.type))
}

function readNsError(sent: unknown): Thrown['nsError'] {
  return isObject(sent) ? { domain: readText(sent.domain), code: readText(sent.code) } : undefined
}

export function messageOf(thrown: Thrown, context: Context): string {
  return thrown.value === '' ? '' : normaliseMessage(thrown.value, context.platform)
}
