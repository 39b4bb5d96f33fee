// A project's grouping: its rules revisions, its generations, and what would change with one. The commands are in ingest/commands.

import type { FastifyInstance } from 'fastify'
import { dryRun, groupingVersion, rulesText, type Checked, type Diff, type Generation, type Grouped, type GroupingState, type Revision } from '../../core/contract/grouping.ts'
import { ApiError } from '../../core/errors.ts'
import { readOnce } from '../issues/routes.ts'
import { cutPage, formatLink, readCursor, readLimit } from '../paging.ts'
import { findProjectFor } from '../projects/routes.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { placeOf, readDiff } from './diff.ts'
import { groupPasted } from './dry-run.ts'
import { checkRules } from './hits.ts'
import { presentGenerations, presentRevisions } from './present.ts'
import { findRollback } from './preview.ts'
import { findGeneration, findNewestRevision, listGenerations, listRevisions } from './queries.ts'

const path = '/api/0/projects/:org/:project/'
/** People make them one by one, and old ones are deleted. */
const mostGenerations = 100
/** Two texts of 64 KB each. */
const mostRevisions = 20

type OnProject = { Params: { project: string } }
type OnGeneration = { Params: { project: string; generation: string } }
type Paged = { cursor?: string; limit?: string }

/** `catchUp`: that a candidate's preview shows what came in since it was built. */
export function registerGenerationReads(app: FastifyInstance, { pool, config, catchUp = () => Promise.resolve() }: ReadDeps & { catchUp?: (generation: number) => Promise<unknown> }): void {
  reflectPosition(app, pool)

  app.get<OnProject>(`${path}grouping/`, async (request, reply): Promise<GroupingState> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const [rows, live, newest, rollback] = await Promise.all([
      listGenerations(pool, project.id, mostGenerations), findGeneration(pool, project.id, project.generation), findNewestRevision(pool, project.id), findRollback(pool, project.id),
    ])
    const generations = await presentGenerations(pool, [live!, ...(rollback ? [rollback.generation] : []), ...rows])
    const [now, previous] = generations.splice(0, rollback ? 2 : 1)
    return {
      live: now!,
      revision: newest ? (await presentRevisions(pool, [newest]))[0]! : null,
      versions: groupingVersion.options,
      generations,
      rollback: rollback && previous ? { generation: previous, needsBuild: rollback.needsBuild } : null,
    }
  })

  app.get<OnProject & { Querystring: Paged }>(`${path}grouping/revisions/`, async (request, reply): Promise<Revision[]> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const { cursor: cursorText, limit: limitText } = readOnce(request.query)
    const [cursor, limit] = [readCursor(cursorText), readLimit(limitText, mostRevisions, mostRevisions)]
    const page = cutPage(await listRevisions(pool, project.id, cursor, limit), limit, cursor)
    reply.header('link', formatLink(config.publicUrl, request.url, page, (row) => ({ value: String(row.id), id: '0' })))
    return presentRevisions(pool, page.rows)
  })

  // Both only read, whatever the method: what is asked about does not fit into a URL.
  app.post<OnProject>(`${path}grouping/check/`, async (request, reply): Promise<Checked> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    return checkRules(pool, project, rulesText.parse(request.body), { isGone: () => request.raw.socket.destroyed })
  })
  app.post<OnProject>(`${path}grouping/dry-run/`, async (request, reply): Promise<Grouped> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    return groupPasted(pool, project, dryRun.parse(request.body))
  })

  app.get<OnProject>(`${path}generations/`, async (request, reply): Promise<Generation[]> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    return presentGenerations(pool, await listGenerations(pool, project.id, mostGenerations))
  })

  app.get<OnGeneration>(`${path}generations/:generation/`, async (request, reply): Promise<Generation> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const row = await findGeneration(pool, project.id, readId(request.params.generation))
    if (!row) throw new ApiError('notFound')
    return (await presentGenerations(pool, [row]))[0]!
  })

  app.get<OnGeneration & { Querystring: Paged & { all?: string } }>(`${path}generations/:generation/diff/`, async (request, reply): Promise<Diff> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const { cursor, limit, all } = readOnce(request.query)
    const asked = { project, generation: readId(request.params.generation), all: all === '1', cursor: readCursor(cursor), limit: readLimit(limit) }
    await catchUp(asked.generation)
    const found = await readDiff(pool, asked)
    if (!found) throw new ApiError('notFound')
    reply.header('link', formatLink(config.publicUrl, request.url, found.page, placeOf))
    return found.diff
  })
}

/** Throws `notFound` for what no generation's id can be. */
function readId(text: string): number {
  const id = /^\d{1,15}$/.test(text) ? Number(text) : 0
  if (id === 0) throw new ApiError('notFound')
  return id
}
