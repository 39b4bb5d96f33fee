// The reads that more than one page, or the live patches, must know by key. A page's own reads stand beside the page.
//
// Keys:  ['projects'] · ['project', slug] · ['keys', slug]
//        ['issues', project slug, query, sort, generation, narrow]   infinite, pages of 50: IssuePage
//        ['issue', id or short id, generation]               IssueRead
//        ['event', issue id or short id, event id | 'latest' | 'oldest', generation]
//        grouping.ts has those of generations. `generation` null = the live one.
// patch.ts changes live rows under 'issues' and 'issue' in place, by position.

import { infiniteQueryOptions, queryOptions } from '@tanstack/solid-query'
import type { Event } from '../../core/contract/event.ts'
import type { Issue, IssueDetail } from '../../core/contract/issue.ts'
import type { Project, ProjectKey } from '../../core/contract/project.ts'
import { get, read } from './api.ts'
import { noteLive } from './grouping.ts'
import { anything, type Narrow } from './narrow.ts'
import { org, orgPath, projectPath } from './session.ts'

/** `position`: what the page reflects; a live patch that is not newer is dropped. `hits`: all that match. */
export type IssuePage = { issues: Issue[]; position: number; next: string | null; hits: number | null }
export type IssueRead = { issue: IssueDetail; position: number }
export type IssueSort = 'date' | 'new' | 'freq' | 'user'

export const projectsQuery = () =>
  queryOptions({
    queryKey: ['projects'],
    queryFn: ({ signal }) => read<Project[]>(orgPath('projects/'), { query: { statsPeriod: '24h' }, signal }),
    enabled: org() !== null,
  })

export const projectQuery = (slug: string) =>
  queryOptions({ queryKey: ['project', slug], queryFn: ({ signal }) => read<Project>(projectPath(slug), { signal }), enabled: org() !== null })

export const keysQuery = (slug: string) =>
  queryOptions({ queryKey: ['keys', slug], queryFn: ({ signal }) => read<ProjectKey[]>(projectPath(slug, 'keys/'), { signal }), enabled: org() !== null })

export const issuesQuery = (project: string, query: string, sort: IssueSort, generation: string | null = null, narrow: Narrow = anything) =>
  infiniteQueryOptions({
    queryKey: ['issues', project, query, sort, generation, narrow],
    queryFn: async ({ pageParam, signal }): Promise<IssuePage> => {
      const answer = await get<Issue[]>(projectPath(project, 'issues/'), { query: { query, sort, limit: 50, cursor: pageParam, generation, ...narrow }, signal })
      if (generation === null && answer.generation !== null) noteLive(project, answer.generation)
      return { issues: answer.body, position: answer.position, next: answer.next, hits: answer.hits }
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last: IssuePage) => last.next,
    enabled: org() !== null,
  })

export const issueQuery = (id: string, generation: string | null = null) =>
  queryOptions({
    queryKey: ['issue', id, generation],
    queryFn: async ({ signal }): Promise<IssueRead> => {
      const answer = await get<IssueDetail>(orgPath(`issues/${encodeURIComponent(id)}/`), { query: { generation }, signal })
      if (generation === null && answer.generation !== null) noteLive(answer.body.project.slug, answer.generation)
      return { issue: answer.body, position: answer.position }
    },
    enabled: org() !== null,
  })

/** One event of an issue. Stored events never change, and one is not merged into the other. */
export const eventQuery = (issue: string, event: string, generation: string | null = null) =>
  queryOptions({
    queryKey: ['event', issue, event, generation],
    queryFn: ({ signal }) => read<Event>(orgPath(`issues/${encodeURIComponent(issue)}/events/${encodeURIComponent(event)}/`), { query: { generation }, signal }),
    reconcile: false,
    enabled: org() !== null,
  })
