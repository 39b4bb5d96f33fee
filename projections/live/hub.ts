// From a batch's notice to the browsers: listens on Postgres, reads the touched rows once for everybody, and hands each
// subscriber the messages of the projects it may see. At most one message per project and second, and two per generation.

import pg from 'pg'
import type { Logger } from 'pino'
import type { LiveMessage } from '../../core/contract/live.ts'
import { readCheckpoint } from '../checkpoint.ts'
import { channel, type Notice, type ProjectNotice } from './notice.ts'
import { createPace } from './pace.ts'
import { readGenerationMessage, readIssueMessage, readOutcomeMessages } from './queries.ts'

/** `project`: whose it is; null = everybody's. */
export type Subscriber = (message: LiveMessage, project: number | null) => void
type Told = { message: LiveMessage; project: number | null }

export type Hub = {
  /** Position of the newest batch that this hub knows of. */
  position(): number
  /** Messages at or after `position` of the projects that `sees` lets through, or null when they are not kept any more: the client must refetch. */
  since(position: number, sees?: (project: number) => boolean): LiveMessage[] | null
  subscribe(subscriber: Subscriber): () => void
  stop(): Promise<void>
}

const projectEveryMs = 1_000
const generationEveryMs = 500
/** What a client that was away for a moment can still get. */
const keptMessages = 500

export async function startHub(databaseUrl: string, pool: pg.Pool, log: Logger): Promise<Hub> {
  const subscribers = new Set<Subscriber>()
  const kept: Told[] = []
  const pending = new Map<number, ProjectNotice>()
  const projects = createPace(projectEveryMs, (id) => void sendProject(id))
  const projectOf = new Map<number, number>()
  const generations = createPace(generationEveryMs, (id) => void sendGeneration(id))
  let position = await readCheckpoint(pool)
  let completeSince = position
  let client: pg.Client | undefined
  let stopped = false

  function take(text: string): void {
    const notice = JSON.parse(text) as Notice
    position = Math.max(position, notice.position)
    for (const [id, project] of Object.entries(notice.projects)) collect(Number(id), project)
    for (const { generation, project } of notice.generations) {
      projectOf.set(generation, project)
      generations.ask(generation)
    }
  }

  function collect(projectId: number, { generation, touched, created, overflow, events, outcomes }: ProjectNotice): void {
    const before = pending.get(projectId)
    pending.set(projectId, {
      generation,
      touched: [...new Set([...(before?.touched ?? []), ...touched])].slice(-200),
      created: [...new Set([...(before?.created ?? []), ...created])].slice(-200),
      overflow: overflow || before?.overflow === true,
      events: [...(before?.events ?? []), ...events].slice(-20),
      outcomes: before?.outcomes ?? outcomes,
    })
    projects.ask(projectId)
  }

  async function sendProject(projectId: number): Promise<void> {
    const notice = pending.get(projectId)!
    pending.delete(projectId)
    await send(projectId, async (at) => [...(await readIssueMessage(pool, projectId, at, notice)), ...(await readOutcomeMessages(pool, projectId, at, notice))])
  }

  async function sendGeneration(id: number): Promise<void> {
    const project = projectOf.get(id)!
    projectOf.delete(id)
    await send(project, (at) => readGenerationMessage(pool, id, at))
  }

  /** The rows are read now, so they are at least as new as the newest batch; and positions of messages never go back. */
  async function send(project: number, read: (at: number) => Promise<LiveMessage[]>): Promise<void> {
    const at = position
    try {
      for (const message of await read(at)) broadcast(message, project)
    } catch (error) {
      log.warn({ err: error }, 'a live update was lost; clients refetch')
      broadcast({ event: 'gap', data: { position: at } }, null)
    }
  }

  function broadcast(message: LiveMessage, project: number | null): void {
    kept.push({ message, project })
    if (kept.length > keptMessages) completeSince = kept.shift()!.message.data.position
    for (const subscriber of subscribers) subscriber(message, project)
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
        broadcast({ event: 'gap', data: { position: now } }, null)
      }
    } catch (error) {
      log.warn({ err: error }, 'cannot listen for live updates; trying again')
      await client.end().catch(() => undefined)
    }
  }

  await listen()
  return {
    position: () => position,
    since(from, sees = () => true) {
      if (from < completeSince) return null
      return kept.filter(({ message, project }) => message.data.position >= from && (project === null || sees(project))).map(({ message }) => message)
    },
    subscribe(subscriber) {
      subscribers.add(subscriber)
      return () => subscribers.delete(subscriber)
    },
    async stop() {
      stopped = true
      projects.stop()
      generations.stop()
      await client?.end()
    },
  }
}
