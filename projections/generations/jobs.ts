// When generations are built and deleted. The rows of generation_build say what there is to do; every process looks at them once a second
// and sends a job for it, which is a lease on building, as in projections/jobs.ts. That a job was lost with its process therefore costs
// seconds, and the row's claim makes two for one generation harmless. One generation at a time is built by a process.

import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type pg from 'pg'
import type { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import { deleteProjectRows } from '../deletions/projects.ts'
import { openFoldPool } from '../fold-pool.ts'
import type { BuildOrder, BuildReport } from './build-thread.ts'
import { catchUpGeneration, setFailed, type BuildEnd } from './building.ts'
import { deleteGenerationRows } from './builds.ts'
import { keptMs } from './present.ts'

/** Commands, which this room does not know: main.ts gives them to it. */
export type GenerationCommands = {
  /** Of one that was asked for with `thenApply`, and is built. `refused` = a person must look. */
  applyWhenReady(generation: number): Promise<{ position: number } | { refused: string }>
  discard(project: number, generation: number): Promise<unknown>
}

export type GenerationJobs = {
  /** Brings a candidate or a retired generation to where the main fold is; false = not within 5 s, or not built. */
  catchUp(generation: number): Promise<boolean>
  stop(): Promise<void>
}

type Deps = GenerationCommands & { boss: PgBoss; databaseUrl: string; pool: pg.Pool; log: Logger; onDecided: () => void }

const buildQueue = 'generation-build'
const deleteQueue = 'generation-delete'
const retentionQueue = 'generation-retention'
const lookEveryMs = 1_000
/** A job gives its lease back after this long, well before pg-boss takes it for dead. */
const leaseMs = 600_000
const catchUpMs = 5_000
/** Rows of a table deleted at once, and the pause that leaves the database to others. */
const deleteAtOnce = 500
const deletePauseMs = 50

// As for the thread of the fold; batches are larger.
const resourceLimits = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 768 }

export async function startGenerationJobs({ boss, databaseUrl, pool, log, applyWhenReady, discard, onDecided }: Deps): Promise<GenerationJobs> {
  const kept = { policy: 'short' as const, retryLimit: 0, deleteAfterSeconds: 60, retentionSeconds: 3_600 }
  for (const queue of [buildQueue, deleteQueue, retentionQueue]) await boss.createQueue(queue, { ...kept, expireInSeconds: leaseMs / 1_000 + 60 })
  const stopping = new AbortController()
  let thread: Worker | undefined
  let own: pg.Pool | undefined

  const builder = await boss.work<{ generation: number }>(buildQueue, { pollingIntervalSeconds: 2 }, async ([job]) => {
    const { generation } = job!.data
    const end = await runThread(generation).catch(async (error: unknown) => {
      log.error({ err: error, generation }, 'the thread that builds a generation failed')
      await setFailed(pool, generation, `The thread that built it ended: ${String(error)}`)
      return 'failed' as const
    })
    log.info({ generation, end }, 'building a generation')
    if (end === 'ready') await applyIfAsked(generation)
  })
  const deleter = await boss.work<{ generation: number }>(deleteQueue, { pollingIntervalSeconds: 2 }, ([job]) => deleteRows(job!.data.generation))
  await boss.work(retentionQueue, { pollingIntervalSeconds: 30 }, discardOld)
  await boss.schedule(retentionQueue, '23 * * * *')

  /** Resolves with how it ended; rejects when the thread came down, as with a fact that takes all its memory. */
  async function runThread(generation: number): Promise<BuildEnd> {
    const started = (thread = new Worker(new URL('build-thread.ts', import.meta.url), { workerData: { databaseUrl, generation } satisfies BuildOrder, resourceLimits, name: 'build' }))
    const lease = setTimeout(() => started.postMessage('stop'), leaseMs)
    try {
      return await new Promise((resolve, reject) => {
        started.on('message', (report: BuildReport) => {
          if ('end' in report) resolve(report.end)
          else log.warn({ generation, error: report.trying }, 'building a generation failed; trying again')
        })
        started.on('error', reject).on('exit', () => reject(new Error('it ended')))
      })
    } finally {
      clearTimeout(lease)
      thread = undefined
    }
  }

  async function applyIfAsked(generation: number): Promise<void> {
    const { rowCount } = await pool.query(`update generation_build b set updated_at = now() from generation g where b.generation = $1 and g.id = b.generation and g.then_apply`, [generation])
    if (rowCount === 0) return
    const applied = await applyWhenReady(generation)
    if ('refused' in applied) log.warn({ generation, refused: applied.refused }, 'a generation is built and not applied: somebody must look at its preview')
    else onDecided()
  }

  async function deleteRows(generation: number): Promise<void> {
    // Waits for a step under way; none begins after it.
    await pool.query('select from generation_build where generation = $1 for update', [generation])
    while ((await deleteGenerationRows(pool, generation, deleteAtOnce)) + (await deleteProjectRows(pool, generation, deleteAtOnce)) > 0) {
      await sleep(deletePauseMs, undefined, { ref: false })
      if (stopping.signal.aborted) return
    }
    await pool.query('update generation_build set position = 0 where generation = $1', [generation])
  }

  async function discardOld(): Promise<void> {
    const { rows } = await pool.query<{ id: number; project: number }>(
      `select id::float8 as id, project_id as project from generation where state = 'retired' and retired_at < now() - $1 * interval '1 ms' order by id`,
      [keptMs],
    )
    for (const { id, project } of rows) await discard(project, id)
    if (rows.length > 0) onDecided()
  }

  /** One job per project, so that its generations are built in the order they were asked for. A row that says `running` and has not moved belongs to a process that died. */
  async function look(): Promise<void> {
    const { rows } = await pool.query<{ generation: number; project: number; discarded: boolean }>(
      `select min(b.generation)::float8 as generation, b.project_id as project, g.state = 'discarded' as discarded
       from generation_build b join generation g on g.id = b.generation
       where g.state = 'discarded' and b.position > 0
          or g.state = 'building' and (b.state = 'queued' or b.state = 'running' and b.updated_at < now() - interval '5 s'
            or b.state = 'ready' and g.then_apply and b.updated_at < now() - interval '1 min')
       group by 2, 3`,
    )
    for (const { generation, project, discarded } of rows) {
      await boss.send(discarded ? deleteQueue : buildQueue, { generation }, { singletonKey: String(project) })
      boss.notifyWorker(discarded ? deleter : builder)
    }
  }

  let looking = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking.then(look).catch((error: unknown) => log.warn({ err: error }, 'could not look for generations to build; trying again'))
  }, lookEveryMs)
  timer.unref()

  return {
    catchUp: (generation) => catchUpGeneration((own ??= openFoldPool(databaseUrl)), generation, catchUpMs),
    async stop() {
      clearInterval(timer)
      stopping.abort()
      thread?.postMessage('stop')
      await looking
      await own?.end()
    },
  }
}
