// From a batch's notice to the browsers: listens on Postgres, reads the touched rows once for everybody, and hands each
// subscriber the messages of the projects it may see. At most one message per project and second.

import pg from 'pg'
import type { Logger } from 'pino'
import type { LiveMessage } from '../../core/contract/live.ts'
import { readCheckpoint } from '../checkpoint.ts'
import { channel, type Notice, type ProjectNotice } from './notice.ts'
import { readIssueMessage, readOutcomeMessages } from './queries.ts'

export type Subscriber = (message: LiveMessage) => void

export type Hub = {
  /** Position of the newest batch that this hub knows of. */
  position(): number
  /** Messages at or after `position`, or null when they are not kept any more: the client must refetch. */
  since(position: number): LiveMessage[] | null
  subscribe(subscriber: Subscriber): () => void
  stop(): Promise<void>
}

const everyMs = 1_000
/** What a client that was away for a moment can still get. */
const keptMessages = 500

export async function startHub(databaseUrl: string, pool: pg.Pool, log: Logger): Promise<Hub> {
  const subscribers = new Set<Subscriber>()
  const kept: LiveMessage[] = []
  const pending = new Map<number, { notice: ProjectNotice; timer: NodeJS.Timeout | null; sentAt: number }>()
  let position = await readCheckpoint(pool)
  let completeSince = position
  let client: pg.Client | undefined
  let stopped = false

  function take(text: string): void {
    const notice = JSON.parse(text) as Notice
    position = Math.max(position, notice.position)
    for (const [id, project] of Object.entries(notice.projects)) collect(Number(id), project)
  }

  function collect(projectId: number, { generation, touched, created, overflow, events, outcomes }: ProjectNotice): void {
    const entry = pending.get(projectId) ?? { notice: { generation, touched: [], created: [], overflow: false, events: [], outcomes: null }, timer: null, sentAt: 0 }
    pending.set(projectId, entry)
    const { notice } = entry
    notice.generation = generation
    notice.overflow ||= overflow
    notice.touched = [...new Set([...notice.touched, ...touched])].slice(-200)
    notice.created = [...new Set([...notice.created, ...created])].slice(-200)
    notice.events = [...notice.events, ...events].slice(-20)
    notice.outcomes ??= outcomes
    entry.timer ??= setTimeout(() => void send(projectId), Math.max(0, entry.sentAt + everyMs - performance.now()))
  }

  async function send(projectId: number): Promise<void> {
    const entry = pending.get(projectId)!
    const { notice } = entry
    // The rows are read now, so they are at least as new as the newest batch; and positions of messages never go back.
    const at = position
    entry.notice = { ...notice, touched: [], created: [], overflow: false, events: [], outcomes: null }
    entry.timer = null
    entry.sentAt = performance.now()
    try {
      const issues = await readIssueMessage(pool, projectId, at, notice)
      const outcomes = await readOutcomeMessages(pool, projectId, at, notice)
      for (const message of issues ? [issues, ...outcomes] : outcomes) broadcast(message)
    } catch (error) {
      log.warn({ err: error }, 'a live update was lost; clients refetch')
      broadcast({ event: 'gap', data: { position: at } })
    }
  }

  function broadcast(message: LiveMessage): void {
    kept.push(message)
    if (kept.length > keptMessages) completeSince = kept.shift()!.data.position
    for (const subscriber of subscribers) subscriber(message)
  }

  async function listen(): Promise<void> {
    if (stopped) return
    client = new pg.Client({ connectionString: databaseUrl, application_name: 'refold live', keepAlive: true })
    client.on('notification', (notification) => notification.payload && take(notification.payload))
    client.on('error', () => undefined) // 'end' follows
    client.on('end', () => setTimeout(() => void listen(), 1_000).unref())
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      // What was folded while nobody listened is unknown here.
      const now = await readCheckpoint(pool)
      if (now > position) {
        completeSince = position = now
        broadcast({ event: 'gap', data: { position: now } })
      }
    } catch (error) {
      log.warn({ err: error }, 'cannot listen for live updates; trying again')
      await client.end().catch(() => undefined)
    }
  }

  await listen()
  return {
    position: () => position,
    since: (from) => (from < completeSince ? null : kept.filter((message) => message.data.position >= from)),
    subscribe(subscriber) {
      subscribers.add(subscriber)
      return () => subscribers.delete(subscriber)
    },
    async stop() {
      stopped = true
      for (const { timer } of pending.values()) if (timer) clearTimeout(timer)
      await client?.end()
    },
  }
}
