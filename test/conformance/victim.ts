// A server in a process of its own to be attacked, with a project that has no quotas, and what can be seen of the process from outside.

import { readFileSync, writeFileSync } from 'node:fs'
import { appendDecisions } from '../../ingest/log/decisions.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { startServerProcess, type ServerProcess } from '../server-process.ts'
import { addProject, verifyAndDrop, type TestProject } from '../server.ts'

export type Victim = {
  server: ServerProcess
  database: TestDatabase
  project: TestProject
  /** `/api/1/envelope/?sentry_key=…` */
  path: string
  /** MB resident now, and at most since the last call. */
  readMemory(): { now: number; peak: number }
  /** Until the fold has all that is in the log. */
  untilFolded(): Promise<void>
  /** Lines of the server's log that tell of an error. */
  errors(): string[]
  /** Throws when the tables are not what the log says, or the server has not ended well. */
  stop(): Promise<void>
}

export async function startVictim(): Promise<Victim> {
  const database = await createTestDatabase()
  const server = await startServerProcess(database.url)
  const project = await addProject(database.pool, server.url, 'victim')
  await appendDecisions(database.pool, { decisions: [{ type: 'project.configured', data: { id: project.id, settings: { quotas: [] } } }], actor: 'system:test' })
  const untilFolded = async (): Promise<void> => {
    await eventually(300_000, 'everything is folded', async () => {
      const { rows } = await database.pool.query<{ behind: string }>(`select h.position - c.position as behind from log_head h, checkpoint c where c.name = 'main'`)
      return rows[0]!.behind === '0' || undefined
    })
  }
  return {
    server, database, project, untilFolded,
    path: `/api/${project.id}/envelope/?sentry_key=${new URL(project.dsn).username}`,
    readMemory: () => readMemory(server.pid),
    errors: () => server.output().split('\n').filter((line) => /"level":(50|60)|unhandled|uncaught/i.test(line)),
    async stop() {
      const code = await server.end('SIGTERM')
      await verifyAndDrop(database)
      if (code !== 0) throw new Error(`the server ended with ${code}: ${server.output().slice(-2_000)}`)
    },
  }
}

/** From the kernel's books: sampling would miss a peak. */
function readMemory(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name: string): number => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024)
  const memory = { now: megabytes('VmRSS'), peak: megabytes('VmHWM') }
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  return memory
}
