// Issues: finding them, and deciding about one or many.

import type { z } from 'zod'
import type { UserFeedback } from '../intake.ts'
import type { ActivityItem, Issue, issueChanged, IssueDetail, issuesChanged, issuesDeleted, IssueUpdate, TagFacet } from '../issue.ts'
import type { FoundShortId } from '../lookup.ts'
import type { TagValue } from '../tag.ts'
import { onIssue, onOrganization, onProject, type Api } from './api.ts'
import type { Paging } from './pages.ts'
import type { CallOptions } from './transport.ts'

/** `query` as in the app's search; without one `is:unresolved`, and `''` is all. `generation`: another grouping than the live one. */
export type IssueQuery = Paging & {
  query?: string; sort?: 'date' | 'new' | 'freq' | 'user'; statsPeriod?: string; start?: string; end?: string; environment?: string | readonly string[]; generation?: string
}
/** Ids as `id`, or all that match as `query`; more than the server's bound (1,000) are refused. Of several projects, or of those named. */
export type IssueSelection = { id?: readonly string[]; query?: string; project?: string | readonly string[] }
type Changed = z.infer<typeof issueChanged>
type Updated = z.infer<typeof issuesChanged>
type Deleted = z.infer<typeof issuesDeleted>

export function issueCalls({ send, page, all }: Api) {
  return {
    issues: (project: string, query: IssueQuery = {}, options?: CallOptions) => page<Issue>(`GET ${onProject}issues/`, { params: { project }, query }, options),
    /** Every issue that matches: `for await (const issue of client.allIssues('shop', { query: 'is:unresolved age:+30d' }))`. */
    allIssues: (project: string, query: Omit<IssueQuery, 'cursor'> = {}, options?: CallOptions) => all<Issue>(`GET ${onProject}issues/`, { params: { project }, query }, options),
    organizationIssues: (query: IssueQuery & { project?: string | readonly string[] } = {}, options?: CallOptions) => page<Issue>(`GET ${onOrganization}issues/`, { query }, options),
    allOrganizationIssues: (query: Omit<IssueQuery, 'cursor'> & { project?: string | readonly string[] } = {}, options?: CallOptions) => all<Issue>(`GET ${onOrganization}issues/`, { query }, options),
    issueCounts: (queries: readonly string[], projects: readonly string[] = [], options?: CallOptions) =>
      send<Record<string, number>>(`GET ${onOrganization}issues-count/`, { query: { query: queries, project: projects } }, options),
    /** By id or short id; any that it ever had. */
    issue: (issue: string, options?: CallOptions) => send<IssueDetail>(`GET ${onIssue}`, { params: { issue } }, options),
    findIssue: (shortId: string, options?: CallOptions) => send<FoundShortId>(`GET ${onOrganization}shortids/:issue/`, { params: { issue: shortId } }, options),
    activity: (issue: string, options?: CallOptions) => send<{ activity: ActivityItem[] }>(`GET ${onIssue}activities/`, { params: { issue } }, options),
    tags: (issue: string, options?: CallOptions) => send<TagFacet[]>(`GET ${onIssue}tags/`, { params: { issue } }, options),
    tagValues: (issue: string, key: string, query: Paging & { query?: string; sort?: 'count' | 'date' } = {}, options?: CallOptions) => page<TagValue>(`GET ${onIssue}tags/:key/values/`, { params: { issue, key }, query }, options),
    allTagValues: (issue: string, key: string, query: { query?: string; sort?: 'count' | 'date' } = {}, options?: CallOptions) => all<TagValue>(`GET ${onIssue}tags/:key/values/`, { params: { issue, key }, query }, options),
    userReports: (issue: string, options?: CallOptions) => send<UserFeedback[]>(`GET ${onIssue}user-reports/`, { params: { issue } }, options),

    updateIssue: (issue: string, body: IssueUpdate, options?: CallOptions) => send<Changed>(`PUT ${onIssue}`, { params: { issue }, body }, options),
    updateIssues: (project: string, ids: readonly string[], body: IssueUpdate, options?: CallOptions) => send<Updated>(`PUT ${onProject}issues/`, { params: { project }, query: { id: ids }, body }, options),
    /** All that match, within the bound of the server. */
    updateMatching: (project: string, query: string, body: IssueUpdate, options?: CallOptions) => send<Updated>(`PUT ${onProject}issues/`, { params: { project }, query: { query }, body }, options),
    updateOrganizationIssues: (selection: IssueSelection, body: IssueUpdate, options?: CallOptions) => send<Updated>(`PUT ${onOrganization}issues/`, { query: selection, body }, options),
    deleteIssue: (issue: string, options?: CallOptions) => send<Deleted>(`DELETE ${onIssue}`, { params: { issue } }, options),
    deleteIssues: (project: string, ids: readonly string[], options?: CallOptions) => send<Deleted>(`DELETE ${onProject}issues/`, { params: { project }, query: { id: ids } }, options),

    comments: (issue: string, options?: CallOptions) => send<ActivityItem[]>(`GET ${onIssue}comments/`, { params: { issue } }, options),
    addComment: (issue: string, text: string, options?: CallOptions) => send<ActivityItem>(`POST ${onIssue}comments/`, { params: { issue }, body: { text } }, options),
    updateComment: (issue: string, comment: string, text: string, options?: CallOptions) => send<ActivityItem>(`PUT ${onIssue}comments/:comment/`, { params: { issue, comment }, body: { text } }, options),
    deleteComment: (issue: string, comment: string, options?: CallOptions) => send<undefined>(`DELETE ${onIssue}comments/:comment/`, { params: { issue, comment } }, options),
  }
}
