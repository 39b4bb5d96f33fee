// `refold events show`, and one event as a terminal shows it: what was thrown, and the frames of one's own code.

import type { Event, ExceptionValue } from '../core/contract/event.ts'
import { formatAge } from './age.ts'
import { takeOne } from './arguments.ts'
import type { Input } from './command.ts'
import { connect, type Api } from './connection.ts'
import { escapeText } from './escape.ts'
import { paint, printOne } from './output.ts'

export async function showEvent({ values, positionals }: Input<Api & { project: string | undefined }>): Promise<void> {
  const id = takeOne(positionals, 'the id of the event: 32 hex digits')
  const client = await connect(values)
  const event = values.project === undefined ? (await client.findEvent(id)).data.event : (await client.event(values.project, id)).data
  printOne(values, event, formatEvent)
}

function formatEvent(event: Event): string {
  const { title, refold, release, environment, platform, tags, user } = event
  const who = user?.email ?? user?.username ?? user?.id ?? user?.ip_address
  return [
    `${paint('bold', escapeText(refold.shortId))}  ${escapeText(title)}`,
    escapeText([platform, release?.version, environment, who].filter((text) => text !== null && text !== undefined && text !== '').join(', ')),
    '',
    formatStack(event),
    ...(tags.length === 0 ? [] : ['', ...tags.map(({ key, value }) => escapeText(`${key}: ${value}`))]),
  ].join('\n')
}

const shownFrames = 12

/** The newest exception first, its frames from the one that failed; those of libraries are counted only. */
export function formatStack(event: Event): string {
  const values = event.entries.flatMap((entry) => (entry.type === 'exception' ? entry.data.values.toReversed() : []))
  const head = `Event ${event.eventID} of ${formatAge(event.dateCreated)}, ${event.refold.index} of ${event.refold.of}`
  const texts = values.length === 0 ? [event.message === '' ? event.title : event.message].map((text) => `  ${escapeText(text)}`) : values.flatMap(formatException)
  return [escapeText(head), ...texts].join('\n')
}

function formatException({ type, value, stacktrace }: ExceptionValue): string[] {
  const frames = stacktrace?.frames.toReversed() ?? []
  const own = frames.filter(({ inApp }) => inApp).slice(0, shownFrames)
  const shown = own.length > 0 ? own : frames.slice(0, shownFrames)
  const rest = frames.length - shown.length
  return [
    `  ${paint('red', escapeText([type, value].filter((text) => text !== null).join(': ')))}`,
    ...shown.map((frame) => `    at ${escapeText(`${frame.function ?? '?'} (${frame.filename ?? frame.module ?? frame.package ?? '?'}${frame.lineNo === null ? '' : `:${frame.lineNo}`}${frame.colNo === null ? '' : `:${frame.colNo}`})`)}`),
    ...(rest > 0 ? [paint('gray', `    … ${rest} more ${rest === 1 ? 'frame' : 'frames'}`)] : []),
  ]
}
