// Projects, their keys and their generations, folded from decisions; first and last event from events.

import type { Decision } from '../../core/decisions.ts'
import { changeSettings, defaultSettings, type ProjectSettings } from '../../core/project/settings.ts'
import type { Quota } from '../../core/quota/quota.ts'

export type ProjectRow = {
  id: number; slug: string; name: string; platform: string | null; settings: ProjectSettings; generation: number
  createdAt: Date; firstEvent: Date | null; lastEvent: Date | null
}
export type KeyRow = { id: number; projectId: number; publicKey: string; label: string; isActive: boolean; rateLimit: { count: number; window: number } | null; createdAt: Date }
export type GenerationRow = { id: number; projectId: number; state: string; version: 'v1'; createdAt: Date }

export type ProjectsState = {
  projects: Map<number, ProjectRow>
  keys: Map<number, KeyRow>
  generations: Map<number, GenerationRow>
  changed: Set<ProjectRow | KeyRow | GenerationRow>
  /** Set by this batch; null = nothing to save. */
  organizationQuotas: readonly Quota[] | null
}

export function foldProjectDecision(state: ProjectsState, decision: Decision, position: number, at: Date): void {
  switch (decision.type) {
    case 'project.created': {
      const { id, name, platform, grouping } = decision.data
      const slug = freeSlug(state, id, decision.data.slug)
      const project: ProjectRow = { id, slug, name, platform, settings: defaultSettings, generation: position, createdAt: at, firstEvent: null, lastEvent: null }
      const generation: GenerationRow = { id: position, projectId: id, state: 'live', version: grouping, createdAt: at }
      state.projects.set(id, project)
      state.generations.set(position, generation)
      state.changed.add(project).add(generation)
      break
    }
    case 'project.changed': {
      const project = state.projects.get(decision.data.id)
      if (!project) throw new Error(`project ${decision.data.id} does not exist`)
      const { slug, name, platform } = decision.data
      if (slug !== undefined && slug !== project.slug) project.slug = freeSlug(state, project.id, slug)
      if (name !== undefined) project.name = name
      if (platform !== undefined) project.platform = platform
      state.changed.add(project)
      break
    }
    case 'project.configured': {
      const project = state.projects.get(decision.data.id)
      if (!project) throw new Error(`project ${decision.data.id} does not exist`)
      project.settings = changeSettings(project.settings, decision.data.settings)
      state.changed.add(project)
      break
    }
    case 'organization.configured':
      state.organizationQuotas = decision.data.quotas
      break
    case 'key.created': {
      const { id, project, publicKey, label } = decision.data
      // Read again (migrations/0004): the row knows already what later decisions made of it, and a key that is off stays off.
      if (state.keys.has(id)) break
      const key: KeyRow = { id, projectId: project, publicKey, label, isActive: true, rateLimit: null, createdAt: at }
      state.keys.set(id, key)
      state.changed.add(key)
      break
    }
    case 'key.changed': {
      const key = state.keys.get(decision.data.id)
      if (!key) throw new Error(`key ${decision.data.id} does not exist`)
      if (decision.data.label !== undefined) key.label = decision.data.label
      if (decision.data.isActive !== undefined) key.isActive = decision.data.isActive
      if (decision.data.rateLimit !== undefined) key.rateLimit = decision.data.rateLimit
      state.changed.add(key)
      break
    }
    default:
  }
}

export function foldProjectEvent(state: ProjectsState, projectId: number, at: Date): void {
  const project = state.projects.get(projectId)
  if (!project) throw new Error(`project ${projectId} does not exist`)
  project.firstEvent ??= at
  project.lastEvent = at
  state.changed.add(project)
}

/** Two people can ask for one slug at the same moment: the later one in the log gets a number. */
function freeSlug(state: ProjectsState, own: number, wanted: string): string {
  const taken = new Set([...state.projects.values()].flatMap((project) => (project.id === own ? [] : project.slug)))
  if (!taken.has(wanted)) return wanted
  for (let n = 2; ; n++) if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`
}
