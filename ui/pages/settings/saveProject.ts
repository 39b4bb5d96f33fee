// Storing a change of a project: what every section of its settings does.

import type { ChangedProject, Project, ProjectChange } from '../../../core/contract/project.ts'
import type { ProjectSettings } from '../../../core/project/settings.ts'
import { request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { projectPath } from '../../data/session.ts'

export type ProjectWithSettings = Project & ProjectSettings

/** What has been changed is also in the lists of projects. */
export async function saveProject(slug: string, change: ProjectChange): Promise<ChangedProject> {
  const { body } = await request<ChangedProject>('PUT', projectPath(slug), { body: change })
  void client.invalidateQueries({ queryKey: ['projects'] })
  if (body.slug === slug) void client.invalidateQueries({ queryKey: ['project', slug] })
  return body
}

/** Under every form about what comes in. */
export const holdsFromNow = 'Saved. It holds for what comes in from now on.'
