// The leader's connection to `organizations/{org}/live/`: server-sent events, resumed after the last position; long
// polling where a proxy or a blocker stops the stream (P-04).

import type { LiveMessage } from '../../core/contract/live.ts'
import { apiUrl, get } from './api.ts'
import { noteAnswer } from './connection.ts'
import { orgPath } from './session.ts'

export type StreamEvents = {
  message: (message: LiveMessage, position: number) => void
  state: (state: 'on' | 'stale') => void
}

const names = ['hello', 'issues', 'outcome', 'generation', 'gap'] as const
/** A stream that has not opened by then is taken for blocked; P-04 allows 5 s in all. */
const openMs = 3000
const pauseMs = 2000
/** Polls that must work before the stream gets another try: about a minute of silence, 6 s of traffic. */
const pollsBeforeRetry = 3

/** Streams until `close`. `after` = the last position seen by any tab, 0 for none. */
export function openStream(after: number, events: StreamEvents): { close: () => void } {
  let position = after
  const stopped = new AbortController()
  const { signal } = stopped

  const take = (message: LiveMessage): void => {
    position = Math.max(position, message.data.position)
    if (message.event === 'hello') noteAnswer(message.data.build)
    events.message(message, position)
  }

  /** Resolves when the stream ends: whether it had opened at all. */
  const streamOnce = (): Promise<boolean> =>
    new Promise((resolve) => {
      let opened = false
      const source = new EventSource(apiUrl(orgPath('live/'), { after: position || null }))
      const end = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        source.close()
        resolve(opened)
      }
      const timer = setTimeout(end, openMs)
      signal.addEventListener('abort', end, { once: true })
      source.addEventListener('error', end)
      source.addEventListener('open', () => {
        opened = true
        clearTimeout(timer)
        events.state('on')
      })
      for (const name of names) {
        source.addEventListener(name, (event) => take({ event: name, data: JSON.parse((event as MessageEvent<string>).data) } as LiveMessage))
      }
    })

  const pollSome = async (): Promise<void> => {
    for (let good = 0; good < pollsBeforeRetry && !signal.aborted; good += 1) {
      // A poll waits for news, so it counts as live from its start; P-04 allows 5 s.
      events.state('on')
      const { body } = await get<{ position: number; messages: LiveMessage[] }>(orgPath('live/'), { query: { after: position }, signal, blockable: true })
      for (const message of body.messages) take(message)
      position = Math.max(position, body.position)
      await pause(pauseMs)
    }
  }

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const opened = await streamOnce()
      if (signal.aborted) return
      events.state('stale')
      try {
        // Tells what an EventSource cannot: signed out, unreachable, or only the stream is blocked.
        await get('', { signal })
        // One that opens and ends again must not be asked for without a pause.
        if (opened) await pause(pauseMs)
        else await pollSome()
      } catch {
        events.state('stale')
        await pause(pauseMs)
      }
    }
  }

  void run()
  return { close: () => stopped.abort() }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
