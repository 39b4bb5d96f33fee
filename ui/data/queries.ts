// The reads that more than one page, or the live patches, must know by key. A page's own reads stand beside the page.
//
// Keys:  ['projects'] · ['project', slug] · ['keys', slug]
//        ['issues', project slug, query, sort, generation, narrow, page | 'hits']   issuePages.ts: pages of 50, each an IssuePage
//        ['issue', id or short id, generation]               IssueRead
//        ['event', issue id or short id, event id | 'latest' | 'oldest', generation, filter]
//        grouping.ts has those of generations. `generation` null = the live one.
// patch.ts changes live rows under 'issues' and 'issue' in place, by position.

import { queryOptions } from '@tanstack/solid-query'
import type { Event } from '../../core/contract/event.ts'
import type { IssueDetail } from '../../core/contract/issue.ts'
import type { Project, ProjectKey } from '../../core/contract/project.ts'
import { get, read } from './api.ts'
import { type EventFilter, filterParams, noFilter } from './eventFilter.ts'
import { noteLive } from './grouping.ts'
import { org, orgPath, projectPath } from './session.ts'

/** `position`: what it reflects; a live patch that is not newer is dropped. */
export type IssueRead = { issue: IssueDetail; position: number }

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

/** One event of an issue, with its neighbours inside the filter. Stored events never change, and one is not merged into the other. */
export const eventQuery = (issue: string, event: string, generation: string | null = null, filter: EventFilter = noFilter) =>
  queryOptions({
    queryKey: ['event', issue, event, generation, filter],
    queryFn: ({ signal }) => read<Event>(orgPath(`issues/${encodeURIComponent(issue)}/events/${encodeURIComponent(event)}/`), { query: { generation, ...filterParams(filter) }, signal }),
    reconcile: false,
    enabled: org() !== null,
  })
