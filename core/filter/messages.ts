// What an error message filter is held against: the log message, and each exception as `Type: value` and as its value.

import { readText, readJsonText, type JsonObject } from '../event/json.ts'
import { readMessage } from '../event/message.ts'
import { readExceptions } from '../event/stacks.ts'

const textLimit = 8192
/** The outermost exceptions; a chain without end is no reason to look for ever. */
const exceptionCount = 20

export function readErrorMessages(event: JsonObject): string[] {
  const texts: string[] = []
  const message = readMessage(event)?.formatted
  if (message) texts.push(message)
  for (const exception of readExceptions(event).slice(-exceptionCount)) {
    const type = readText(exception.type)?.slice(0, textLimit) ?? ''
    const value = readJsonText(exception.value, textLimit) ?? ''
    if (value !== '') texts.push(value)
    if (type !== '') texts.push(value === '' ? type : `${type}: ${value}`)
  }
  return texts
}
