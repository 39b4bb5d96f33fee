// Which events belong together: merging, rules, generations.

import type { Compared, Diff, Generation, GroupingState, IssueHash, NewGeneration, Revision, RulesText } from '../grouping.ts'
import { onIssue, onProject, type Api } from './api.ts'
import { readLink, type Paging } from './pages.ts'
import type { CallOptions } from './transport.ts'

type Decided = { generation: string; position: number }

export function groupingCalls(api: Api) {
  const { send } = api
  return {
    /** The smallest id is the parent. */
    mergeIssues: (project: string, ids: readonly string[], options?: CallOptions) =>
      send<{ merge: { parent: string; children: string[] } }>(`PUT ${onProject}issues/`, { params: { project }, body: { merge: 1, ids } }, options),
    /** Each side of keys leaves. */
    unmergeIssue: (issue: string, sides: readonly (readonly string[])[], options?: CallOptions) =>
      send<{ issue: string; sides: string[][]; rest: string[] }>(`PUT ${onIssue}unmerge/`, { params: { issue }, body: { sides } }, options),
    hashes: (issue: string, options?: CallOptions) => send<IssueHash[]>(`GET ${onIssue}hashes/`, { params: { issue } }, options),
    /** `other`: another issue, or an event. */
    compare: (issue: string, other: string, options?: CallOptions) => send<Compared>(`GET ${onIssue}compare/`, { params: { issue }, query: { with: other } }, options),

    grouping: (project: string, options?: CallOptions) => send<GroupingState>(`GET ${onProject}grouping/`, { params: { project } }, options),
    saveRules: (project: string, body: Pick<RulesText, 'rules'> & Partial<RulesText>, options?: CallOptions) => send<Revision>(`POST ${onProject}grouping/revisions/`, { params: { project }, body }, options),
    generation: (project: string, generation: string, options?: CallOptions) => send<Generation>(`GET ${onProject}generations/:generation/`, { params: { project, generation } }, options),
    /** What there is already is answered instead of built twice. */
    createGeneration: (project: string, body: NewGeneration = {}, options?: CallOptions) => send<Generation>(`POST ${onProject}generations/`, { params: { project }, body }, options),
    updateGeneration: (project: string, generation: string, body: { paused: boolean }, options?: CallOptions) => send<Generation>(`PUT ${onProject}generations/:generation/`, { params: { project, generation }, body }, options),
    discardGeneration: (project: string, generation: string, options?: CallOptions) => send<Decided>(`DELETE ${onProject}generations/:generation/`, { params: { project, generation } }, options),
    async diff(project: string, generation: string, query: Paging & { all?: 1 } = {}, options?: CallOptions) {
      const route = `GET ${onProject}generations/:generation/diff/`
      const response = await api.fetch(route, { params: { project, generation }, query }, options)
      return { ...(await api.read<Diff>(route, response)), next: readLink(response.headers.get('link')).next }
    },
    applyGeneration: (project: string, generation: string, body: { token: string; accept?: readonly string[] }, options?: CallOptions) =>
      send<Decided>(`POST ${onProject}generations/:generation/apply/`, { params: { project, generation }, body }, options),
    /** `generation` is live now, or is built first and then applied. */
    rollback: (project: string, body: { accept?: readonly string[] } = {}, options?: CallOptions) => send<Decided>(`POST ${onProject}generations/rollback/`, { params: { project }, body }, options),
  }
}
