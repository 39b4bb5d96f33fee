// The log message of an event: text, or template with parameters (protocol 4.3).

import { cutText, isObject, readJsonText, sliceText, writeJson, type JsonObject } from './json.ts'
import { ignoreNotes, type Note } from './notes.ts'
import { sayLength } from './trim.ts'

export type Message = { formatted: string; template: string | null; params: unknown }

const messageLimit = 8192
/** A template may name thousands of parameters: bounds what is put together before the whole is cut. */
const paramLimit = 2048

/** Null if the event has none. `template` is null where it is the same as the finished text. */
export function readMessage(event: JsonObject, note: Note = ignoreNotes): Message | null {
  const sent = [event.logentry, event.message, event['sentry.interfaces.Message']]
  const entry = sent.find(isObject)
  if (!entry) {
    const formatted = readPart(sent.find((value) => value !== null && value !== undefined && value !== false && value !== ''), note)
    return formatted === null ? null : { formatted, template: null, params: null }
  }
  const template = readPart(entry.message, note)
  const params = typeof entry.params === 'object' ? entry.params : null
  if (params === null && entry.params !== undefined && entry.params !== null) note('invalid_data', 'logentry.params')
  const formatted = readPart(entry.formatted, note) ?? (template === null ? null : fillTemplate(template, params))
  if (formatted === null) return null
  return { formatted, template: template === formatted ? null : template, params }
}

function readPart(value: unknown, note: Note): string | null {
  if (typeof value === 'string' && value.length > messageLimit) note('value_too_long', 'message', sayLength(value.length))
  return value === false ? null : readJsonText(value, messageLimit)
}

/** Python's and C's `%` formatting, else `{}` formatting; the template itself where a parameter is missing. */
function fillTemplate(template: string, params: object | null): string {
  if (params === null) return template
  const pattern = template.includes('%') ? percent : template.includes('{') ? braces : null
  if (pattern === null) return template
  let next = 0
  let isMissing = false
  const text = template.replace(pattern, (whole: string, key: string | undefined, conversion: string | undefined) => {
    if (whole === '%%') return '%'
    if (whole === '{{' || whole === '}}') return whole.charAt(0)
    const name = key === undefined || key === '' ? String(next++) : key
    if (!Object.hasOwn(params, name)) isMissing = true
    return showParam((params as JsonObject)[name], conversion)
  })
  return isMissing ? template : cutText(text, messageLimit)
}

const percent = /%%|%(?:\((\w{1,100})\))?[-+ #0]{0,5}\d{0,4}(?:\.\d{1,4})?([a-zA-Z])/g
const braces = /\{\{|\}\}|\{(\w{0,100})(?:!([rsa]))?(?::[^{}]{0,50})?\}/g

function showParam(value: unknown, conversion: string | undefined): string {
  if (typeof value === 'string') return conversion === 'r' ? `'${sliceText(value, paramLimit)}'` : sliceText(value, paramLimit)
  if (typeof value === 'number' && Number.isInteger(value) && (conversion === 'x' || conversion === 'X')) return value.toString(16)
  return writeJson(value, paramLimit)
}
