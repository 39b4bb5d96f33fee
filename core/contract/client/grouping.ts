// Which events belong together: merging, rules, generations.

import type { z } from 'zod'
import type { Compared, Diff, Generation, generationPosition, GroupingState, IssueHash, NewGeneration, Revision, RulesText, unmerged } from '../grouping.ts'
import type { issuesMerged } from '../issue.ts'
import { onIssue, onProject, type Api } from './api.ts'
import type { Paging } from './pages.ts'
import type { CallOptions } from './transport.ts'

type Decided = z.infer<typeof generationPosition>

export function groupingCalls({ send, part }: Api) {
  return {
    /** The smallest id is the parent. */
    mergeIssues: (project: string, ids: readonly string[], options?: CallOptions) =>
      send<z.infer<typeof issuesMerged>>(`PUT ${onProject}issues/`, { params: { project }, body: { merge: 1, ids } }, options),
    /** Each side of keys leaves. */
    unmergeIssue: (issue: string, sides: readonly (readonly string[])[], options?: CallOptions) =>
      send<z.infer<typeof unmerged>>(`PUT ${onIssue}unmerge/`, { params: { issue }, body: { sides } }, options),
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
    diff: (project: string, generation: string, query: Paging & { all?: 1 } = {}, options?: CallOptions) => part<Diff>(`GET ${onProject}generations/:generation/diff/`, { params: { project, generation }, query }, options),
    applyGeneration: (project: string, generation: string, body: { token: string; accept?: readonly string[] }, options?: CallOptions) =>
      send<Decided>(`POST ${onProject}generations/:generation/apply/`, { params: { project, generation }, body }, options),
    /** `generation` is live now, or is built first and then applied. */
    rollback: (project: string, body: { accept?: readonly string[] } = {}, options?: CallOptions) => send<Decided>(`POST ${onProject}generations/rollback/`, { params: { project }, body }, options),
  }
}
