// Threads for the event page (protocol 4.5).

import type { Thread } from '../contract/event.ts'
import { readStacktrace } from './frames.ts'
import { readText, type JsonObject } from './json.ts'
import type { Note } from './notes.ts'
import { readThreads } from './stacks.ts'
import { trimText } from './trim.ts'

const threadCount = 256

/** At most 256, the crashed one among them. */
export function presentThreads(event: JsonObject, platform: string, note: Note): Thread[] {
  let sent = readThreads(event)
  if (sent.length > threadCount) {
    note('too_many_values', 'threads')
    const isUrgent = (thread: JsonObject): boolean => thread.crashed === true || thread.current === true
    sent = [...sent.filter(isUrgent), ...sent.filter((thread) => !isUrgent(thread))].slice(0, threadCount)
  }
  return sent.map((thread) => {
    const id = readText(thread.id)
    return {
      id,
      name: trimText(thread.name, 256, 'threads.name', note),
      crashed: thread.crashed === true,
      current: thread.current === true,
      main: thread.main === true || id === '0',
      state: trimText(thread.state, 256, 'threads.state', note),
      stacktrace: readStacktrace(thread.stacktrace, platform, 'threads.stacktrace', note),
    }
  })
}
