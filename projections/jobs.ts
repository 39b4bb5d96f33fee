// When to fold: pg-boss decides when, the checkpoint decides from where (architecture 4). A job is a lease on a drain
// loop, never a unit of work: pg-boss moves about a thousand jobs a second, the log moves tens of thousands of facts.

import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import { readCheckpoint } from './checkpoint.ts'
import { startFolding } from './folding.ts'
import { findMetConditions, type MetCondition } from './issues/watch.ts'
import { startGenerationJobs, type GenerationCommands, type GenerationJobs } from './generations/jobs.ts'

export type Jobs = Pick<GenerationJobs, 'catchUp'> & {
  /** Call after a commit that added facts. Cheap: many calls become one job. */
  wake(): void
  /** Ends the batch in hand, then resolves. */
  stop(): Promise<void>
}

export type JobDeps = GenerationCommands & {
  databaseUrl: string
  pool: pg.Pool
  log: Logger
  /** Makes the log's next partitions ahead of need; hourly. */
  makePartitions: () => Promise<unknown>
  /** A command, which this room does not know: main.ts gives it. False = somebody has decided otherwise. */
  reopen: (met: MetCondition) => Promise<boolean>
  /** Deletes uploaded chunks that no file was made of; hourly. */
  sweepChunks: () => Promise<unknown>
}

const foldQueue = 'fold'
const partitionQueue = 'log-partitions'
const watchQueue = 'issue-watch'
/** So long after a fold archived issues are looked at; what is folded meanwhile is seen by the same look. */
const watchAfterSeconds = 5
const chunkQueue = 'upload-chunks'
/** A drain loop gives its lease back after this long, well before pg-boss takes it for dead. */
const leaseMs = 30_000
/** Wake-ups closer together than this are one. */
const wakeEveryMs = 25

export async function startJobs({ databaseUrl, pool, log, makePartitions, sweepChunks, reopen, ...commands }: JobDeps): Promise<Jobs> {
  const boss = new PgBoss({ connectionString: databaseUrl, schema: 'pgboss', max: 3, application_name: 'refold jobs' })
  boss.on('error', (error) => log.error({ err: error }, 'pg-boss'))
  await boss.start()
  // Short: at most one job waits. Not stately, which also lets only one run: the job of a killed process runs on in the
  // table until it expires, and for those two minutes nobody would fold. That two never fold at once, the checkpoint sees to.
  // Finished jobs go after a minute, or the job table bloats.
  const kept = { deleteAfterSeconds: 60, retentionSeconds: 3_600 }
  await boss.createQueue(foldQueue, { policy: 'short', expireInSeconds: 120, retryLimit: 0, ...kept })
  await boss.createQueue(partitionQueue, { policy: 'short', expireInSeconds: 60, retryLimit: 2, ...kept })
  await boss.createQueue(watchQueue, { policy: 'short', expireInSeconds: 120, retryLimit: 0, ...kept })
  await boss.createQueue(chunkQueue, { policy: 'short', expireInSeconds: 600, retryLimit: 0, ...kept })

  let stopping = false
  const folding = startFolding({ databaseUrl, pool, log })
  let asked = -Infinity
  const worker = await boss.work(foldQueue, { pollingIntervalSeconds: 0.5 }, async () => {
    await folding.drain(leaseMs)
    if (stopping || performance.now() - asked < watchAfterSeconds * 1_000) return
    asked = performance.now()
    await boss.send(watchQueue, null, { singletonKey: 'main', startAfter: watchAfterSeconds })
  })
  // That two look at once does no harm: the command decides on the issue as it is.
  let looked = 0
  await boss.work(watchQueue, { pollingIntervalSeconds: 2 }, async () => {
    const position = await readCheckpoint(pool)
    const found = await findMetConditions(pool, new Date(), looked)
    looked = position
    for (const met of found) {
      try {
        if (await reopen(met)) void send()
      } catch (error) {
        looked = 0
        log.warn({ err: error, issue: met.issue }, 'could not open an archived issue again; trying again')
      }
    }
  })
  await boss.work(partitionQueue, { pollingIntervalSeconds: 30 }, async () => {
    await makePartitions()
  })
  await boss.work(chunkQueue, { pollingIntervalSeconds: 30 }, async () => {
    await sweepChunks()
  })

  // The wake-up is sent after the commit: a transactional send could be deduplicated against a job that runs before it.
  let sending = false
  let again = false
  async function send(): Promise<void> {
    if (sending) {
      again = true
      return
    }
    sending = true
    try {
      do {
        again = false
        await boss.send(foldQueue, null, { singletonKey: 'main' })
        boss.notifyWorker(worker)
        await sleep(wakeEveryMs, undefined, { ref: false })
      } while (again)
    } catch (error) {
      log.warn({ err: error }, 'could not wake the fold; the schedule will')
    } finally {
      sending = false
    }
  }

  // Backstops for a lost wake-up: one at start, one a minute.
  await boss.schedule(foldQueue, '* * * * *', null, { singletonKey: 'main' })
  await boss.schedule(partitionQueue, '7 * * * *')
  await boss.schedule(watchQueue, '* * * * *', null, { singletonKey: 'main' })
  await boss.schedule(chunkQueue, '23 * * * *')
  void send()
  const generations = await startGenerationJobs({ boss, databaseUrl, pool, log, ...commands, onDecided: () => void send() })

  return {
    catchUp: generations.catchUp,
    wake() {
      if (!stopping) void send()
    },
    async stop() {
      stopping = true
      const ended = [folding.stop(), generations.stop()]
      await boss.stop({ graceful: true, timeout: 10_000 })
      await Promise.all(ended)
    },
  }
}
