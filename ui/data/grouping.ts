// What a project's errors are grouped by, its generations, and what one would change: the reads, and the live progress
// that is put into them. A flip to another generation makes everything that is shown old, so it is read again, once.
//
// Keys:  ['grouping', slug] · ['revisions', slug] · ['diff', slug, generation, all]   infinite

import { infiniteQueryOptions, queryOptions } from '@tanstack/solid-query'
import type { Diff, Generation, GenerationMessage, GroupingState, Revision } from '../../core/contract/grouping.ts'
import { type Answer, get, read, request } from './api.ts'
import { client } from './client.ts'
import { org, projectPath } from './session.ts'

type DiffPage = { diff: Diff; next: string | null }

export const groupingQuery = (slug: string) =>
  queryOptions({ queryKey: ['grouping', slug], queryFn: ({ signal }) => read<GroupingState>(projectPath(slug, 'grouping/'), { signal }), enabled: org() !== null })

export const revisionsQuery = (slug: string) =>
  queryOptions({ queryKey: ['revisions', slug], queryFn: ({ signal }) => read<Revision[]>(projectPath(slug, 'grouping/revisions/'), { signal }), enabled: org() !== null })

/** `all`: also the issues that would stay as they are. */
export const diffQuery = (slug: string, generation: string, all: boolean) =>
  infiniteQueryOptions({
    queryKey: ['diff', slug, generation, all],
    queryFn: async ({ pageParam, signal }): Promise<DiffPage> => {
      const answer = await get<Diff>(projectPath(slug, `generations/${generation}/diff/`), { query: { cursor: pageParam, limit: 25, all: all ? 1 : null }, signal })
      return { diff: answer.body, next: answer.next }
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last: DiffPage) => last.next,
    reconcile: false as const,
    enabled: org() !== null,
  })

/** Paths below `generations/`; a change of them is followed by a fresh read of what is shown of them. */
export async function changeGenerations<T>(slug: string, method: 'POST' | 'PUT' | 'DELETE', rest: string, body?: object): Promise<Answer<T>> {
  const answer = await request<T>(method, projectPath(slug, `generations/${rest}`), body === undefined ? {} : { body })
  await client.invalidateQueries({ queryKey: ['grouping', slug] })
  return answer
}

/** Slug -> the generation that is live, as far as this tab has heard. */
const live = new Map<string, string>()

/** Told by every answer and message that names the live generation. */
export function noteLive(slug: string, generation: string): void {
  const before = live.get(slug)
  live.set(slug, generation)
  if (before !== undefined && before !== generation) refreshAll(slug, generation)
}

/** Another generation is live, by this tab's own doing. */
export function noteFlip(slug: string, generation: string): void {
  live.set(slug, generation)
  refreshAll(slug, generation)
}

/** What is live stands beside nothing, so its diff is gone (404): a preview that is still open must not ask for it. */
function refreshAll(slug: string, generation: string): void {
  void client.invalidateQueries({ predicate: ({ queryKey: [name, project, compared] }) => name !== 'diff' || project !== slug || compared !== generation })
}

/** Progress changes what is cached in place; a new state is read anew, because it changes what else can be done. */
export function patchGeneration({ project, generation }: GenerationMessage): void {
  const known = client.getQueryData<GroupingState>(['grouping', project])
  const before = known?.generations.find((one) => one.id === generation.id)
  if (generation.state === 'live') noteLive(project, generation.id)
  if (known && before) {
    const put = (one: Generation): Generation => (one.id === generation.id ? generation : one)
    client.setQueryData<GroupingState>(['grouping', project], { ...known, generations: known.generations.map(put) })
  }
  if (before?.state === generation.state && before.progress?.parked === generation.progress?.parked) return
  void client.invalidateQueries({ queryKey: ['grouping', project] })
  if (generation.state !== 'live' && generation.state !== 'discarded') void client.invalidateQueries({ queryKey: ['diff', project, generation.id] })
}
