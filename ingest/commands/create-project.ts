// A new project with its first key, in one append. Used by the route and by the CLI (`project create`).

import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { NewProject } from '../../core/contract/project.ts'
import type { Decision } from '../../core/decisions.ts'
import { findBySlug, makeSlug } from '../../core/project/decide.ts'
import { appendProjectDecisions } from './append.ts'
import { findByCommand, loadProjects, reserveIds } from './store.ts'
import { withProjectsLocked } from './slug-lock.ts'

export type CreatedProject = { id: number; slug: string; name: string; platform: string | null; keyId: number; publicKey: string; generation: number; position: number }

/** Without `slug` one is made from the name. `position` is that of the last fact; `generation` that of the first, as the fold will number it. */
export function createProject(pool: Pool, project: NewProject, by: { actor: string; commandId?: string | undefined }): Promise<CreatedProject | { refused: 'slugTaken' }> {
  return withProjectsLocked(pool, async () => {
    const repeated = by.commandId === undefined ? [] : await findByCommand(pool, by.commandId)
    if (repeated.length > 0) return describe(repeated.map(({ decision }) => decision), repeated.at(-1)!.position)
    const { projects } = await loadProjects(pool)
    if (project.slug !== undefined && findBySlug(projects, project.slug)) return { refused: 'slugTaken' }
    const ids = await reserveIds(pool)
    const decisions: Decision[] = [
      { type: 'project.created', data: { id: ids.project, slug: project.slug ?? makeSlug(projects, project.name), name: project.name, platform: project.platform ?? null, grouping: 'v2' } },
      { type: 'key.created', data: { id: ids.key, project: ids.project, publicKey: randomBytes(16).toString('hex'), label: 'Default' } },
    ]
    return describe(decisions, await appendProjectDecisions(pool, decisions, by, 0))
  })
}

function describe(decisions: Decision[], position: number): CreatedProject {
  const project = decisions.find((decision) => decision.type === 'project.created')!.data
  const key = decisions.find((decision) => decision.type === 'key.created')!.data
  return { id: project.id, slug: project.slug, name: project.name, platform: project.platform, keyId: key.id, publicKey: key.publicKey, generation: position - decisions.length + 1, position }
}
