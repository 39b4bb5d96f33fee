// What became of what came: `outcomes/` of a project for its setup page, `stats_v2/` of the organization for charts and scripts.

import type { FastifyInstance } from 'fastify'
import type { OutcomeStats } from '../../core/contract/intake.ts'
import type { Outcome } from '../../core/contract/project.ts'
import { ApiError } from '../../core/errors.ts'
import { findProjectFor } from '../projects/routes.ts'
import { findVisibleProjects } from '../projects/visible.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { presentAccepted, presentLatest } from './present.ts'
import { groupings, listAccepted, listLatest, sumOutcomes, type Grouping } from './queries.ts'
import { presentStats, readPeriod, readRange } from './stats.ts'

const shown = 20
const intervals: Readonly<Record<string, 'hour' | 'day'>> = { '1h': 'hour', '1d': 'day' }
type StatsQuery = Record<'groupBy' | 'project', string | string[] | undefined> & Record<'category' | 'outcome' | 'reason' | 'statsPeriod' | 'interval' | 'field', string | undefined>

export function registerOutcomeReads(app: FastifyInstance, { pool }: ReadDeps): void {
  reflectPosition(app, pool)
  app.get<{ Params: { project: string } }>('/api/0/projects/:org/:project/outcomes/', async (request, reply): Promise<Outcome[]> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const [accepted, latest] = await Promise.all([listAccepted(pool, project.id, project.generation, shown), listLatest(pool, project.id, shown)])
    const all = [...accepted.map((row) => presentAccepted(project.slug, row)), ...latest.map(presentLatest)]
    return all.toSorted((a, b) => (a.dateReceived < b.dateReceived ? 1 : -1))
  })

  app.get<{ Querystring: StatsQuery }>('/api/0/organizations/:org/stats_v2/', async (request): Promise<OutcomeStats> => {
    const { query } = request
    const period = readPeriod(query.statsPeriod ?? '24h')
    if (period === null) throw new ApiError('badRequest', { fields: { statsPeriod: ['Use a period like 24h or 14d, at most 90d.'] } })
    const named = query.interval ?? (period > 3 * 86_400 ? '1d' : '1h')
    const interval = Object.hasOwn(intervals, named) ? intervals[named] : undefined
    if (interval === undefined) throw new ApiError('badRequest', { fields: { interval: ['Use 1h or 1d.'] } })
    const groupBy = readGroupBy([query.groupBy ?? []].flat())
    const projects = (await findVisibleProjects(pool, request, [query.project ?? []].flat())).map(({ id }) => id)
    const range = readRange(period, interval, Date.now())
    const filter = { projects, category: query.category ?? null, outcome: query.outcome ?? null, reason: query.reason ?? null }
    return presentStats(await sumOutcomes(pool, filter, groupBy, interval, range.from, range.to), groupBy, range)
  })
}

function readGroupBy(names: readonly string[]): Grouping[] {
  const unknown = names.find((name) => !groupings.includes(name as Grouping))
  if (unknown !== undefined) throw new ApiError('badRequest', { fields: { groupBy: [`Use ${groupings.join(', ')}.`] } })
  return groupings.filter((name) => names.includes(name))
}
