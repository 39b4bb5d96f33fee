// Live updates of this tab: the leading tab streams and tells the others over a BroadcastChannel; every tab patches its
// own cache. A hidden tab gives the stream up after a while, so a browser in the background holds no connection.

import { createSignal } from 'solid-js'
import type { LiveMessage } from '../../core/contract/live.ts'
import { client } from './client.ts'
import { noteLive, patchGeneration } from './grouping.ts'
import { type Leadership, seekLeadership } from './leader.ts'
import { patchIssues } from './patch.ts'
import { openStream } from './stream.ts'

export type LiveState = 'on' | 'off' | 'stale'
const [liveState, setLiveState] = createSignal<LiveState>('off')
export { liveState }

type Told = { kind: 'message'; message: LiveMessage; position: number } | { kind: 'state'; state: 'on' | 'stale'; position: number } | { kind: 'ask' }

const hiddenMs = 15_000
const beatMs = 4000
/** Three missed beats: the leader is gone, and its lock or lease has not reached us yet. */
const silentMs = 12_000
const projectsMs = 3000

const listeners = new Set<(message: LiveMessage) => void>()

/** Hears every live message, also of other projects. Returns the end of it; use with onCleanup. */
export function onLive(listener: (message: LiveMessage) => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Once per page load, after the session is known. */
export function startLive(): void {
  const channel = new BroadcastChannel('refold.live')
  let position = 0
  let leadership: Leadership | undefined
  let stream: { close: () => void } | undefined
  let beat: ReturnType<typeof setInterval> | undefined
  let heard = 0
  let state: 'on' | 'stale' = 'stale'

  const tell = (told: Told): void => channel.postMessage(told)
  const receive = (message: LiveMessage, at: number): void => {
    position = Math.max(position, at)
    apply(message)
    for (const listener of listeners) listener(message)
  }
  const show = (next: 'on' | 'stale'): void => {
    state = next
    setLiveState(next)
  }

  const lead = (): void => {
    stream = openStream(position, {
      message: (message, at) => {
        receive(message, at)
        tell({ kind: 'message', message, position: at })
      },
      state: (next) => {
        show(next)
        tell({ kind: 'state', state: next, position })
      },
    })
    beat = setInterval(() => tell({ kind: 'state', state, position }), beatMs)
  }
  const resign = (): void => {
    clearInterval(beat)
    stream?.close()
    leadership?.release()
    stream = leadership = undefined
  }

  channel.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    if (data.kind === 'ask') {
      if (stream) tell({ kind: 'state', state, position })
      return
    }
    heard = Date.now()
    if (data.kind === 'message') receive(data.message, data.position)
    else if (!stream) show(data.state)
  })

  let hiding: ReturnType<typeof setTimeout> | undefined
  const follow = (): void => {
    clearTimeout(hiding)
    if (!document.hidden) leadership ??= seekLeadership(lead)
    else
      hiding = setTimeout(() => {
        resign()
        setLiveState('off')
      }, hiddenMs)
  }
  document.addEventListener('visibilitychange', follow)
  addEventListener('pagehide', resign)
  addEventListener('pageshow', follow)
  setInterval(() => {
    if (!stream && !document.hidden && Date.now() - heard > silentMs) setLiveState('stale')
  }, beatMs)
  tell({ kind: 'ask' })
  follow()
}

function apply(message: LiveMessage): void {
  if (message.event === 'gap') void client.invalidateQueries()
  if (message.event === 'generation') patchGeneration(message.data)
  if (message.event !== 'issues') return
  noteLive(message.data.project, message.data.generation)
  // More than a message holds, or issues that are part of others now.
  if (message.data.overflow) for (const key of ['issues', 'issue', 'issue-counts', 'hashes']) void client.invalidateQueries({ queryKey: [key] })
  patchIssues(client, message.data)
  refreshProjects()
}

let refreshing: ReturnType<typeof setTimeout> | undefined

/** The numbers of projects have no patch of their own: read again, at most every `projectsMs`. */
function refreshProjects(): void {
  refreshing ??= setTimeout(() => {
    refreshing = undefined
    void client.invalidateQueries({ queryKey: ['projects'] })
  }, projectsMs)
}
