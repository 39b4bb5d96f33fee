// The real server for tests, in this process: `serve()` of main.ts on a database of its own, with an owner, a token and a
// project. Stopping it folds the log afresh and fails when the tables are not what the log says.

import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { pino, type Logger } from 'pino'
import { scopes } from '../core/access.ts'
import { readConfig, type Config } from '../core/config.ts'
import { createClient, type Client } from '../client.ts'
import { formatDsn } from '../core/project/present.ts'
import { createProject } from '../ingest/commands/create-project.ts'
import { serve } from '../main.ts'
import { advance } from '../projections/advance.ts'
import { readCheckpoint } from '../projections/checkpoint.ts'
import { verify } from '../projections/verify.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { givenToken } from './given.ts'
import { freePort, organization, owner, testEnvironment } from './server-process.ts'

export type TestProject = { id: number; slug: string; dsn: string }

export type TestServer = {
  /** Where it listens, and its PUBLIC_URL: no trailing slash. */
  url: string
  databaseUrl: string
  pool: pg.Pool
  owner: { email: string; password: string }
  /** Of the owner, with every scope. */
  token: string
  project: TestProject
  /** Another project, ready to receive. */
  addProject(slug: string): Promise<TestProject>
  /** The DSN of a project's first key. */
  dsn(projectSlug: string): Promise<string>
  /** The web API, with the token. */
  client: Client
  /** Throws when the tables differ from the log, or a fact was parked. */
  stop(): Promise<void>
}

/** `env` over the defaults; `log` prints errors unless given. */
export async function startTestServer({ env = {}, log = pino({ level: 'error' }) }: { env?: Record<string, string>; log?: Logger } = {}): Promise<TestServer> {
  const database = await createTestDatabase()
  const { pool, url: databaseUrl } = database
  const config = testConfig(databaseUrl, await freePort(), env)
  const url = config.publicUrl
  const project = await addProject(pool, url, 'shop')
  const running = await serve(config, log)
  const account = await pool.query<{ id: number }>('select id from account where email = $1', [owner.email])
  const token = await givenToken(pool, account.rows[0]!.id, scopes)
  return {
    url, databaseUrl, pool, owner, token, project,
    addProject: (slug) => addProject(pool, url, slug),
    dsn: (slug) => findDsn(pool, url, slug),
    client: createClient({ baseUrl: url, organization, token }),
    async stop() {
      await running.stop()
      await verifyAndDrop(database)
    },
  }
}

function testConfig(databaseUrl: string, port: number, env: Record<string, string>): Config {
  const read = readConfig(testEnvironment(databaseUrl, port, env))
  if ('problems' in read) throw new Error(read.problems.join(' '))
  return read.config
}

/** Made and folded: its key is known when this resolves. Works with and without a running server. */
export async function addProject(pool: pg.Pool, publicUrl: string, slug: string): Promise<TestProject> {
  const created = await createProject(pool, { name: slug, slug, platform: 'javascript' }, { actor: 'system:test' })
  if ('refused' in created) throw new Error(`there is a project ${slug} already`)
  while ((await readCheckpoint(pool)) < created.position) if ((await advance(pool)).busy) await sleep(10)
  return { id: created.id, slug, dsn: formatDsn(publicUrl, created.publicKey, created.id) }
}

async function findDsn(pool: pg.Pool, publicUrl: string, slug: string): Promise<string> {
  const { rows } = await pool.query<{ id: number; key: string }>(
    'select p.id, k.public_key as key from project p join project_key k on k.project_id = p.id where p.slug = $1 order by k.id limit 1',
    [slug],
  )
  if (!rows[0]) throw new Error(`no project ${slug}`)
  return formatDsn(publicUrl, rows[0].key, rows[0].id)
}

/** Folds the log afresh and compares; the database goes in any case. */
export async function verifyAndDrop(database: TestDatabase): Promise<void> {
  try {
    const parked = await database.pool.query<{ position: string; error: string }>('select position, error from parked order by position limit 3')
    const { differences } = await verify(database.url)
    const complaints = [...differences.map((each) => `${each.table}: ${each.examples.join('; ')}`), ...parked.rows.map((row) => `parked ${row.position}: ${row.error}`)]
    if (complaints.length > 0) throw new Error(`the tables are not what the log says\n${complaints.join('\n')}`)
  } finally {
    await database.drop()
  }
}
