// Saved views over HTTP: each person's own. Any role may keep them; a token only reads them.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { maySee, visibleIds } from '../../core/access.ts'
import { changedView, maxViews, newView, readTime, viewOrder, type ChangedView, type View } from '../../core/contract/view.ts'
import { ApiError } from '../../core/errors.ts'
import { parseSearch } from '../../core/search/parse.ts'
import { requireViewer } from '../auth/viewer.ts'
import { findProjectId, findVisibleIds } from '../find-project.ts'
import { changeView, createView, deleteView, findView, listViews, orderViews, type ViewFields, type ViewOwner } from './store.ts'

const base = '/api/0/organizations/:org/group-search-views/'
type OnView = { Params: { view: string } }

export function registerViewRoutes(app: FastifyInstance, { pool }: { pool: Pool }): void {
  app.get<{ Querystring: { project?: string | string[] } }>(base, async (request) => {
    const viewer = requireViewer(request)
    return listViews(pool, { userId: viewer.userId, projects: await findVisibleIds(pool, viewer, request.query.project) })
  })

  app.get<OnView>(`${base}:view/`, async (request) => found(await findView(pool, readOwner(request), readViewId(request.params.view))))

  app.post(base, async (request, reply): Promise<View> => {
    const { projects: [project], ...view } = newView.parse(request.body)
    const id = await findProjectId(pool, String(project))
    if (id === undefined || !maySee(requireViewer(request), id)) throw refuse('projects', 'There is no such project, or you do not belong to it.')
    const made = await createView(pool, readOwner(request), id, readFields(view, blank))
    if (made === 'full') throw refuse('name', `You have ${maxViews} views of this project, and more are not kept. Delete one first.`)
    reply.code(201)
    return named(made)
  })

  app.put<OnView>(`${base}:view/`, async (request): Promise<View> => {
    const change = changedView.parse(request.body)
    return named(found(await changeView(pool, readOwner(request), readViewId(request.params.view), (view) => readFields(change, view))))
  })

  app.delete<OnView>(`${base}:view/`, async (request, reply) => {
    if (!(await deleteView(pool, readOwner(request), readViewId(request.params.view)))) throw new ApiError('notFound')
    return reply.code(204).send()
  })

  app.put(`${base}starred/order/`, async (request, reply) => {
    const ids = viewOrder.parse(request.body).view_ids.map(Number)
    if (!(await orderViews(pool, readOwner(request), ids))) throw refuse('view_ids', 'Name each of your views of one project once. They may have changed: read them again.')
    return reply.code(204).send()
  })
}

const blank: Omit<View, 'id' | 'projects' | 'dateCreated' | 'dateUpdated'> = {
  name: '', query: '', querySort: 'date', environments: [], timeFilters: { period: null, start: null, end: null }, refold: { columns: null, density: null },
}

/** Throws `badRequest` for a search that could not be read. */
function readFields(change: ChangedView, before: typeof blank): ViewFields {
  const { name, query, querySort: sort, environments, refold } = { ...before, ...present(change) }
  const read = parseSearch(query)
  if ('error' in read) throw refuse('query', read.error.message)
  const { period, start, end } = change.timeFilters ?? before.timeFilters
  const { columns, density } = { ...before.refold, ...present(refold) }
  return { name, query, sort, environments: [...new Set(environments)], period: period ?? null, start: readTime(start), end: readTime(end), columns, density }
}

/** Without what is undefined. */
function present<T extends object>(change: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as { [Key in keyof T]: Exclude<T[Key], undefined> }
}

function readOwner(request: FastifyRequest): ViewOwner {
  const viewer = requireViewer(request)
  return { userId: viewer.userId, projects: visibleIds(viewer) }
}

function readViewId(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new ApiError('notFound')
  return Number(text)
}

function found<T>(view: T | undefined): T {
  if (view === undefined) throw new ApiError('notFound')
  return view
}

function named(view: View | 'nameTaken'): View {
  if (view === 'nameTaken') throw refuse('name', 'You have a view of this name already. Choose another one.')
  return view
}

function refuse(field: string, text: string): ApiError {
  return new ApiError('badRequest', { fields: { [field]: [text] } })
}
