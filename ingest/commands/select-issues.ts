// Which issues a request on many means: those named by ?id=, those that match ?query= or ?status=, or, as sentry-cli asks, all of them.

import type { FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import type { Viewer } from '../../core/access.ts'
import { ApiError, errorTable } from '../../core/errors.ts'
import { readIssueRef } from '../../core/issue/ref.ts'
import { requireViewer } from '../auth/viewer.ts'
import { findVisibleIds, requireProjectId } from '../find-project.ts'
import type { Changed, NamedIssue } from './change-issue.ts'

/** What a list of issues is narrowed to, in the words of the address. */
type Wanted = { query: string; environment?: string | string[] | undefined; statsPeriod?: string | undefined; start?: string | undefined; end?: string | undefined; cursor?: string | undefined }
/** Reads are another room's: main.ts gives them. At most `limit` ids of issues that match in these projects, and the cursor of those after them. Throws `badRequest`. */
export type FindIssues = (projects: readonly number[], wanted: Wanted, viewer: Viewer, limit: number) => Promise<{ ids: number[]; next: string | null }>

export type SelectDeps = { pool: Pool; findIssues: FindIssues }

export type OnIssues = {
  Params: { project?: string }
  Querystring: Partial<Wanted> & { id?: string | string[]; status?: string; project?: string | string[]; limit?: string; generation?: unknown }
}

/** `status`: of the ids named, only issues that have it. `begin`, `next`: cursors of these issues and of those after them, where a `limit` was given. */
export type Selected = { byProject: Map<number, NamedIssue[]>; skipped: Changed['skipped']; more: boolean; begin?: string; next?: string | null; status: string | undefined }

export const maxIssues = 1_000
/** Before every issue. */
const firstCursor = '999999999999999999:0:0'
/** Beyond this, "more than". */
const maxCounted = 10_000

/** `whole`: no `id` and no `query` means every issue; else it is refused. Throws `badRequest`, `notFound`. */
export async function selectIssues({ pool, findIssues }: SelectDeps, request: FastifyRequest<OnIssues>, whole: boolean): Promise<Selected> {
  const { query } = request
  const status = readStatus(query.status)
  const ids = [...new Set([query.id ?? []].flat())]
  if (ids.length > maxIssues) throw refuse('id', `At most ${maxIssues} issues at once.`)
  const viewer = requireViewer(request)
  const projects = await listProjects(pool, viewer, request)
  if (ids.length > 0) return { ...(await placeIssues(pool, ids, new Set(projects))), more: false, status }
  if (query.query === undefined && !whole) throw refuse('id', 'Name issues with ?id=, or say which with ?query=.')
  if (Array.isArray(query.query)) throw refuse('query', 'Give it once.')
  const text = [query.query ?? '', ...(status === undefined ? [] : [`is:${status}`])].join(' ').trim()
  const { environment, statsPeriod, start, end, cursor } = query
  const wanted: Wanted = { query: text, environment, statsPeriod, start, end, cursor }
  const limit = readLimit(query.limit)
  const { ids: found, next } = await findIssues(projects, wanted, viewer, limit ?? maxIssues)
  if (next !== null && limit === undefined && query.query !== undefined) {
    const counted = await findIssues(projects, wanted, viewer, maxCounted)
    throw refuse('query', `${counted.next === null ? counted.ids.length : `More than ${maxCounted}`} issues match, and ${maxIssues} can be changed at once. Narrow it down, or give a limit.`)
  }
  return { ...(await placeIssues(pool, found.map(String), new Set(projects))), more: next !== null, ...(limit !== undefined && { begin: cursor || firstCursor, next }), status: undefined }
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > maxIssues) throw refuse('limit', `Use a whole number from 1 to ${maxIssues}.`)
  return limit
}

async function listProjects(pool: Pool, viewer: Viewer, { params, query }: FastifyRequest<OnIssues>): Promise<number[]> {
  return params.project === undefined ? findVisibleIds(pool, viewer, query.project) : [await requireProjectId(pool, params.project)]
}

/** Throws `badRequest` where there are several, `notFound` where there is none. */
export async function findProjectOfAll(pool: Pool, request: FastifyRequest<OnIssues>, ids: readonly string[]): Promise<number> {
  if (request.params.project !== undefined) return requireProjectId(pool, request.params.project)
  const { byProject } = await placeIssues(pool, ids, new Set(await listProjects(pool, requireViewer(request), request)))
  const [project, ...others] = byProject.keys()
  if (project === undefined) throw new ApiError('notFound')
  if (others.length > 0) throw refuse('id', 'Issues of several projects cannot be merged.')
  return project
}

async function placeIssues(pool: Pool, ids: readonly string[], projects: ReadonlySet<number>): Promise<Pick<Selected, 'byProject' | 'skipped'>> {
  const named = ids.flatMap((id): NamedIssue[] => {
    const ref = readIssueRef(id)
    return ref ? [{ id, ref }] : []
  })
  const { rows } = await pool.query<{ position: number; project: number }>('select position::float8 as position, project_id as project from event where position = any($1::bigint[])', [named.map(({ ref }) => ref.position)])
  const projectOf = new Map(rows.flatMap(({ position, project }) => (projects.has(project) ? [[position, project] as const] : [])))
  const placed = named.filter(({ ref }) => projectOf.has(ref.position))
  const known = new Set(placed.map(({ id }) => id))
  const byProject = Map.groupBy(placed, ({ ref }) => projectOf.get(ref.position)!)
  // The one that the address names is asked in any case: it knows whether the request is a repeated one.
  const [only, ...others] = projects
  if (only !== undefined && others.length === 0 && byProject.size === 0) byProject.set(only, [])
  return {
    byProject,
    skipped: ids.flatMap((id) => (known.has(id) ? [] : [{ id, detail: errorTable.notFound[1] }])),
  }
}

/** sentry-cli's words too. */
function readStatus(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  const status = text === 'muted' ? 'ignored' : text
  if (!['unresolved', 'resolved', 'ignored'].includes(status)) throw refuse('status', 'Use unresolved, resolved or ignored.')
  return status
}

function refuse(field: string, text: string): ApiError {
  return new ApiError('badRequest', { fields: { [field]: [text] } })
}
