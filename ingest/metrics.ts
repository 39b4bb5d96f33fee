// `GET /metrics` in Prometheus' text format, for who sends METRICS_TOKEN as a bearer token; without that setting there is no such page.

import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { ApiError } from '../core/errors.ts'
import { hashSecret } from './auth/tokens.ts'
import { readProgress, type HealthDeps } from './health.ts'

type Metric = { name: string; type: 'gauge' | 'counter'; help: string; values: { labels?: Record<string, string>; value: number }[] }

export function registerMetrics(app: FastifyInstance, { pool, storage, token }: HealthDeps & { token: string | undefined }): void {
  app.get('/metrics', async (request, reply) => {
    if (token === undefined) throw new ApiError('notFound')
    const sent = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
    if (!timingSafeEqual(Buffer.from(hashSecret(sent)), Buffer.from(hashSecret(token)))) throw new ApiError('badToken')
    const [progress, items] = await Promise.all([
      readProgress(pool),
      pool.query<{ category: string; outcome: string; count: number }>('select category, outcome, sum(count)::float8 as count from outcome_hour group by category, outcome order by category, outcome'),
    ])
    const { mode, records, bytes } = storage.status()
    const one = (value: number): Metric['values'] => [{ value }]
    const metrics: Metric[] = [
      { name: 'refold_log_position', type: 'counter', help: 'Facts in the log.', values: one(progress.position) },
      { name: 'refold_fold_position', type: 'counter', help: 'Facts that are folded.', values: one(progress.folded) },
      { name: 'refold_parked_facts', type: 'gauge', help: 'Facts that could not be folded.', values: one(progress.parked) },
      { name: 'refold_items_total', type: 'counter', help: 'Items by what became of them.', values: items.rows.map(({ category, outcome, count }) => ({ labels: { category, outcome }, value: count })) },
      { name: 'refold_spooling', type: 'gauge', help: '1 while envelopes wait on disk for the database.', values: one(mode === 'spooling' ? 1 : 0) },
      { name: 'refold_spool_records', type: 'gauge', help: 'Envelopes on disk.', values: one(records) },
      { name: 'refold_spool_bytes', type: 'gauge', help: 'Bytes of envelopes on disk.', values: one(bytes) },
      { name: 'process_resident_memory_bytes', type: 'gauge', help: 'Resident memory.', values: one(process.memoryUsage.rss()) },
      { name: 'process_cpu_seconds_total', type: 'counter', help: 'CPU time.', values: one((process.cpuUsage().user + process.cpuUsage().system) / 1e6) },
      { name: 'process_start_time_seconds', type: 'gauge', help: 'Start, in Unix seconds.', values: one(Math.round(Date.now() / 1000 - process.uptime())) },
    ]
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics.map(writeMetric).join(''))
  })
}

/** Labels are words of our own vocabulary (core/outcome.ts): nothing to escape. */
function writeMetric({ name, type, help, values }: Metric): string {
  const lines = values.map(({ labels = {}, value }) => {
    const inside = Object.entries(labels).map(([label, text]) => `${label}="${text}"`).join(',')
    return `${name}${inside && `{${inside}}`} ${value}`
  })
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n')
}
