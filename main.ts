// The only file that knows everyone: configuration -> database -> schema -> jobs -> server -> listen, and back on a signal.

import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { pino, type Logger } from 'pino'
import type { Config } from './core/config.ts'
import { decideDiscard } from './core/grouping/decide.ts'
import { sweepChunks } from './ingest/artifacts/store.ts'
import { ensureSuperuser } from './ingest/auth/accounts.ts'
import { resolveAgain } from './ingest/auth/viewer.ts'
import { makePartitions } from './ingest/log/append.ts'
import { applyGeneration, changeGrouping } from './ingest/commands/change-grouping.ts'
import { registerGenerationCommands } from './ingest/commands/generations.ts'
import { reopenIssue } from './ingest/commands/reopen.ts'
import { registerHealth } from './ingest/health.ts'
import { registerMetrics } from './ingest/metrics.ts'
import { createAppender } from './ingest/log/batcher.ts'
import { createSpool } from './ingest/log/spool/spool.ts'
import { startStorage } from './ingest/log/storage.ts'
import { createOutcomeRecorder } from './ingest/outcomes/recorder.ts'
import { createQuotaUsage } from './ingest/quota/usage.ts'
import { startKeyCache } from './ingest/sdk/keys.ts'
import { registerSdkRoutes } from './ingest/sdk/routes.ts'
import { createServer } from './ingest/server.ts'
import { startEmbeddedPostgres } from './migrations/embedded.ts'
import { keepEmbeddedPostgres } from './migrations/keep.ts'
import { migrate } from './migrations/migrate.ts'
import { createGenerationControl } from './projections/generations/control.ts'
import { createIssueFinder } from './projections/issues/finder.ts'
import { startJobs } from './projections/jobs.ts'
import { startHub } from './projections/live/hub.ts'
import { registerLiveRoutes } from './projections/live/routes.ts'
import { registerReads } from './projections/routes.ts'

export type Database = { url: string; close(): Promise<void> }

/** The database of DATABASE_URL, or the embedded one; migrated. With a log, the embedded one is started again should it end. Throws with a message for the operator. */
export async function openDatabase(config: Config, log?: Logger): Promise<Database> {
  const started = config.databaseUrl === undefined ? await startEmbeddedPostgres(config.dataDir) : undefined
  const embedded = started && log ? keepEmbeddedPostgres(started, config.dataDir, (message, error) => log.error({ err: error }, message)) : started
  const url = embedded?.url ?? config.databaseUrl!
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 10_000 })
  try {
    await migrate(pool)
  } catch (error) {
    await embedded?.stop()
    throw error
  } finally {
    await pool.end()
  }
  // One that ran before us belongs to another process, unless that process is dead: then it is ours to stop.
  return { url, close: async () => embedded?.stop() }
}

export type Running = {
  /** Where it listens: `http://127.0.0.1:8000`. */
  address: string
  /** Answers what is under way, appends what is buffered, folds the batch in hand, closes the database. */
  stop(): Promise<void>
}

/** Rejects with a message for the operator; what was opened until then is closed again. */
export async function serve(config: Config, log: Logger = pino({ level: config.logLevel })): Promise<Running> {
  const opened: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    for (const close of opened.splice(0).toReversed()) await close()
  }
  try {
    return { address: await start(config, log, opened), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Each step leaves in `opened` how to close it; they are closed in the opposite order. */
async function start(config: Config, log: Logger, opened: (() => Promise<unknown>)[]): Promise<string> {
  const database = await openDatabase(config, log)
  opened.push(() => database.close())
  // Two pools: a burst of appends must not hold every connection that a reader needs.
  // Short deadlines for what comes in: there is a spool behind it.
  const ingestPool = openPool({ connectionString: database.url, max: 4, application_name: 'refold ingest', connectionTimeoutMillis: 2_000, query_timeout: 10_000 }, log)
  const pool = openPool({ connectionString: database.url, max: 12, application_name: 'refold', connectionTimeoutMillis: 5_000 }, log)
  opened.push(() => Promise.all([ingestPool.end(), pool.end()]))
  if (config.superuser) await ensureSuperuser(pool, config.superuser)

  const hub = await startHub(database.url, pool, log)
  opened.push(() => hub.stop())
  const control = createGenerationControl(pool, () => jobs.wake(), (generation) => jobs.catchUp(generation))
  const jobs = await startJobs({
    databaseUrl: database.url, pool, log, makePartitions: () => makePartitions(pool), sweepChunks: () => sweepChunks(pool),
    reopen: (met) => reopenIssue(pool, met),
    applyWhenReady: (generation) => applyGeneration({ pool, control }, generation, 'system:build'),
    discard: (project, generation) => changeGrouping(pool, project, { actor: 'system:retention' }, (grouping) => decideDiscard(grouping, generation)),
  })
  opened.push(() => jobs.stop())
  const spool = createSpool({ folder: path.join(config.dataDir, 'spool'), maxBytes: config.spoolMaxBytes, log })
  const storage = await startStorage({ pool: ingestPool, spool, log, onAppended: () => jobs.wake() })
  opened.push(() => storage.close())
  const appender = createAppender(storage.store)
  opened.push(() => appender.close())
  const quotas = createQuotaUsage(pool, log)
  opened.push(() => quotas.close())
  const outcomes = createOutcomeRecorder(pool, appender, log)
  opened.push(() => outcomes.close())
  const keys = await startKeyCache(pool)
  opened.push(() => keys.close())
  const build = readBuild()
  const app = createServer({
    config, log, build, pool,
    sessionSecret: config.sessionSecret ?? keepSessionSecret(config.dataDir),
    findIssues: createIssueFinder(pool),
    onDecided: () => jobs.wake(),
    routes: [
      (scope) => registerSdkRoutes(scope, { appender, findKey: keys.find, quotas, outcomes, trustedProxies: config.trustedProxies }),
      (scope) => registerReads(scope, { pool, config, catchUp: jobs.catchUp }),
      (scope) => registerGenerationCommands(scope, { pool, control }),
      (scope) => registerHealth(scope, { pool, storage }),
      (scope) => registerMetrics(scope, { pool, storage, token: config.metricsToken }),
      (scope) => registerLiveRoutes(scope, { hub, build, resolveAgain: (request) => resolveAgain(pool, request) }),
    ],
  })
  opened.push(() => closeServer(app))
  return app.listen({ host: config.host, port: config.port })
}

/** Requests under way are answered; one that takes longer than this is cut off, so that a slow client cannot hold up a stop. */
const patienceMs = 5_000

async function closeServer(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), patienceMs)
  await app.close()
  clearTimeout(cut)
}

function openPool(settings: pg.PoolConfig, log: Logger): pg.Pool {
  const pool = new pg.Pool(settings)
  // While it ends, the database may be gone before the last connection is.
  pool.on('error', (error) => {
    if (!pool.ending) log.warn({ err: error }, 'a database connection was lost')
  })
  // A connection in the middle of a transaction is nobody's but the borrower's, who learns of its loss from the next query;
  // without a listener the loss would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Sessions survive a restart: the secret is made once and kept beside the data. */
function keepSessionSecret(dataDir: string): string {
  const file = path.join(dataDir, 'session-secret')
  mkdirSync(dataDir, { recursive: true })
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** Names the app that this server hands out: a browser that holds another one offers to reload. */
function readBuild(): string {
  const index = path.join(import.meta.dirname, 'dist/index.html')
  return existsSync(index) ? createHash('sha256').update(readFileSync(index)).digest('hex').slice(0, 12) : 'none'
}
