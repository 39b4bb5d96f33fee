// What happened before, oldest first (protocol 4.9).

import type { Breadcrumb } from '../contract/event.ts'
import { cutText, isObject, readAttribute, readJsonText, readText, readValues, type JsonObject } from './json.ts'
import type { Note } from './notes.ts'
import { readIsoTime } from './timestamps.ts'
import { sayLength, trimObject, trimText } from './trim.ts'

const crumbCount = 200
const messageLimit = 8192

/** The newest 200, their times moved by `drift` milliseconds like the event's (protocol 4.13). */
export function presentBreadcrumbs(event: JsonObject, drift: number, note: Note): Breadcrumb[] {
  const sent = readValues(readAttribute(event, 'breadcrumbs', 'sentry.interfaces.Breadcrumbs'))
  if (sent.length > crumbCount) note('too_many_values', 'breadcrumbs')
  return sent.slice(-crumbCount).map((crumb) => {
    const timestamp = readIsoTime(crumb.timestamp, drift)
    if (timestamp === null && crumb.timestamp !== undefined && crumb.timestamp !== null) note('invalid_data', 'breadcrumbs.timestamp')
    if (typeof crumb.message === 'string' && crumb.message.length > messageLimit) note('value_too_long', 'breadcrumbs.message', sayLength(crumb.message.length))
    return {
      timestamp,
      type: trimText(crumb.type ?? crumb.ty, 128, 'breadcrumbs.type', note) ?? 'default',
      category: trimText(crumb.category, 128, 'breadcrumbs.category', note),
      level: cutText(readText(crumb.level)?.toLowerCase() ?? 'info', 32),
      message: readJsonText(crumb.message, messageLimit),
      data: readData(crumb.data, note),
    }
  })
}

// Data that is no object still says something: shown as the one value it is.
function readData(sent: unknown, note: Note): JsonObject | null {
  if (sent === null || sent === undefined) return null
  return trimObject(isObject(sent) ? sent : { value: sent }, 2048, 5, 'breadcrumbs.data', note)
}
