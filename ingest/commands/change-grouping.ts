// Commands on a project's grouping: decided on its generations and rules, expected to find its grouping stream unchanged.

import type { Pool } from 'pg'
import type { Decision } from '../../core/decisions.ts'
import { decideApply, type ApplyRefusal, type ApplyRequest, type Preview, type ProjectGrouping } from '../../core/grouping/decide.ts'
import { appendDecided, type Appended, type By } from './append.ts'
import type { GenerationControl } from './generation-control.ts'
import { loadGrouping } from './load-grouping.ts'

export type GroupingDeps = { pool: Pool; control: GenerationControl }

/** `decide` answers at most one decision. Throws `regrouping` while decisions before it are folded for long, `conflict` after ten lost races. */
export function changeGrouping<Refused extends { refused: string }>(
  pool: Pool,
  project: number,
  by: By,
  decide: (grouping: ProjectGrouping) => Promise<{ decisions: Decision[] } | Refused> | { decisions: Decision[] } | Refused,
): Promise<Appended | Refused> {
  return appendDecided<Refused>(pool, by, async () => {
    const { grouping, expected } = await loadGrouping(pool, project)
    const decided = await decide(grouping)
    return 'decisions' in decided ? { ...decided, expected: [expected], position: expected.position } : decided
  })
}

/** `preview`: what it was refused on. */
export type RefusedApply = { refused: ApplyRefusal; preview: Preview | null }

export function applyPreviewed({ pool, control }: GroupingDeps, project: number, asked: ApplyRequest, by: By): Promise<Appended | RefusedApply> {
  return changeGrouping<RefusedApply>(pool, project, by, async (grouping) => {
    const preview = await control.preview(project, asked.generation)
    const decided = decideApply(grouping, preview, asked)
    return 'refused' in decided ? { ...decided, preview } : decided
  })
}

/**
 * For the build job, of a generation that was asked for with `thenApply`: applied unless something speaks against it. With a
 * conflict, which only a person can accept, it stays a candidate. Throws as changeGrouping does.
 */
export async function applyGeneration(deps: GroupingDeps, generation: number, actor: string): Promise<{ position: number } | { refused: ApplyRefusal }> {
  const { rows } = await deps.pool.query<{ project: number }>('select project_id as project from generation where id = $1', [generation])
  if (!rows[0]) return { refused: 'notFound' }
  const applied = await applyPreviewed(deps, rows[0].project, { generation, accepted: [] }, { actor })
  return 'refused' in applied ? { refused: applied.refused } : { position: applied.position }
}
