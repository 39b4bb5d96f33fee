// One's own views, as the server keeps them: read once, then changed in the cache as they are changed there. And how many
// issues the views hold.

import { keepPreviousData, queryOptions } from '@tanstack/solid-query'
import type { NewView, View } from '../../core/contract/view.ts'
import { ApiFailure, read, request } from './api.ts'
import { client } from './client.ts'
import { org, orgPath } from './session.ts'
import { watchQuery } from './watchQuery.ts'

const viewPath = (rest = ''): string => orgPath(`group-search-views/${rest}`)
const viewsKey = (project: string) => ['views', project]

export const viewsQuery = (project: string) =>
  queryOptions({
    queryKey: viewsKey(project),
    queryFn: ({ signal }) => read<View[]>(viewPath(), { query: { project }, signal }),
    reconcile: false,
  })

/** What counts are bounded by, and at most so many in one call (`issues-count`). */
export const maxCounted = 1000
const maxQueries = 20

/** Query -> count. */
const countsQuery = (project: string, generation: string | null, queries: readonly string[]) =>
  queryOptions({
    queryKey: ['issue-counts', project, generation, queries],
    queryFn: ({ signal }) => read<Record<string, number>>(orgPath('issues-count/'), { query: { query: queries, project, generation }, signal }),
  })

/** `queries` null = not known yet which to ask for. */
export function useViewCounts(project: () => string, generation: () => string | null, queries: () => readonly string[] | null) {
  return watchQuery(() => ({ ...countsQuery(project(), generation(), [...new Set(queries() ?? [])].slice(0, maxQueries)), placeholderData: keepPreviousData, enabled: org() !== null && queries() !== null }))
}

export async function saveNewView(project: string, view: Omit<NewView, 'projects'>): Promise<View> {
  const { body } = await request<View>('POST', viewPath(), { body: { ...view, projects: [project] } })
  keep(project, (views) => [...views, body])
  return body
}

export async function changeView(project: string, id: string, change: Partial<Omit<NewView, 'projects'>>): Promise<void> {
  try {
    const { body } = await request<View>('PUT', viewPath(`${id}/`), { body: change })
    keep(project, (views) => views.map((view) => (view.id === id ? body : view)))
  } catch (error) {
    // Deleted elsewhere: its tab goes.
    if (isGone(error)) await client.invalidateQueries({ queryKey: viewsKey(project) })
    throw error
  }
}

export async function deleteView(project: string, id: string): Promise<void> {
  await request('DELETE', viewPath(`${id}/`)).catch((error: unknown) => {
    if (!isGone(error)) throw error
  })
  keep(project, (views) => views.filter((view) => view.id !== id))
}

/** Shown at once; what the server says about the order stands, should it refuse. */
export async function orderViews(project: string, ids: readonly string[]): Promise<void> {
  keep(project, (views) => ids.flatMap((id) => views.filter((view) => view.id === id)))
  try {
    await request('PUT', viewPath('starred/order/'), { body: { view_ids: ids } })
  } catch (error) {
    await client.invalidateQueries({ queryKey: viewsKey(project) })
    throw error
  }
}

const isGone = (error: unknown): boolean => error instanceof ApiFailure && error.status === 404

const keep = (project: string, change: (views: View[]) => View[]): void => void client.setQueryData<View[]>(viewsKey(project), (views) => views && change(views))
