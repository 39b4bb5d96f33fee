// Projects, their keys and their generations, folded from decisions; first and last event from events.

import type { Decision } from '../../core/decisions.ts'
import { changeSettings, defaultSettings, type ProjectSettings } from '../../core/project/settings.ts'
import { nameConfiguration, type Configuration } from '../../core/grouping/configuration.ts'
import type { GroupingConfig } from '../../core/grouping/types.ts'
import type { Quota } from '../../core/quota/quota.ts'
import type { FoldTarget } from '../issues/parts.ts'

export type ProjectRow = {
  id: number; slug: string; name: string; platform: string | null; settings: ProjectSettings; generation: number
  createdAt: Date; firstEvent: Date | null; lastEvent: Date | null
}
export type KeyRow = { id: number; projectId: number; publicKey: string; label: string; isActive: boolean; rateLimit: { count: number; window: number } | null; createdAt: Date }
/** The last three say how it was built (generation_build): nothing that the log decides. */
export type GenerationRow = Configuration & {
  id: number; projectId: number; state: 'building' | 'live' | 'retired' | 'discarded'
  actor: string | null; thenApply: boolean; createdAt: Date; appliedAt: Date | null; retiredAt: Date | null
  tracked: boolean; watch: string | null; others: readonly string[]
}
export type RevisionRow = { id: number; projectId: number; rules: string; frameRules: string; actor: string | null; createdAt: Date }

export type ProjectsState = {
  projects: Map<number, ProjectRow>
  keys: Map<number, KeyRow>
  generations: Map<number, GenerationRow>
  revisions: RevisionRow[]
  /** Whose each rules revision is that the batch names or adds. */
  revisionOwners: Map<number, number>
  /** By project: see findTarget. */
  targets: Map<number, FoldTarget>
  /** By name: every configuration that a live generation groups by. */
  configs: ReadonlyMap<string, GroupingConfig>
  changed: Set<ProjectRow | KeyRow | GenerationRow>
  deletedProjects: Set<number>
  deletedKeys: Set<number>
  /** Set by this batch; null = nothing to save. */
  organizationQuotas: readonly Quota[] | null
}

/** Where a project's facts are folded: its live generation. Undefined = there is no such project. */
export function findTarget(state: ProjectsState, projectId: number): FoldTarget | undefined {
  const known = state.targets.get(projectId)
  if (known) return known
  const generation = state.generations.get(state.projects.get(projectId)?.generation ?? 0)
  const target = generation && describeTarget(state, generation)
  if (target) state.targets.set(projectId, target)
  return target
}

/** Was there once: what is said of it late is let be. */
export function isDeletedProject({ projects, generations }: ProjectsState, projectId: number): boolean {
  return !projects.has(projectId) && [...generations.values()].some((generation) => generation.projectId === projectId)
}

function describeTarget(state: Pick<ProjectsState, 'generations'>, { id, projectId, version, revision, tracked, watch }: GenerationRow): FoldTarget {
  const own = nameConfiguration({ version, revision })
  let first: GenerationRow | undefined
  for (const each of state.generations.values()) if (each.projectId === projectId && (!first || each.id < first.id)) first = each
  return { generation: id, own, first: first ? nameConfiguration(first) : own, watch, tracked }
}

export function foldProjectDecision(state: ProjectsState, decision: Decision, position: number, at: Date, actor: string | null): void {
  switch (decision.type) {
    case 'project.created': {
      const { id, name, platform, grouping } = decision.data
      const slug = freeSlug(state, id, decision.data.slug)
      const project: ProjectRow = { id, slug, name, platform, settings: defaultSettings, generation: position, createdAt: at, firstEvent: null, lastEvent: null }
      const generation: GenerationRow = {
        id: position, projectId: id, state: 'live', version: grouping, revision: 0, actor: null, thenApply: false, createdAt: at, appliedAt: null, retiredAt: null,
        tracked: false, watch: null, others: [],
      }
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
    case 'project.deleted':
      deleteProject(state, decision.data.id)
      break
    case 'key.deleted': {
      const key = state.keys.get(decision.data.id)
      if (!key) throw new Error(`key ${decision.data.id} does not exist`)
      state.keys.delete(key.id)
      state.changed.delete(key)
      state.deletedKeys.add(key.id)
      break
    }
    case 'grouping.revised': {
      const { project: projectId, rules, frameRules } = decision.data
      state.revisions.push({ id: position, projectId, rules, frameRules, actor, createdAt: at })
      state.revisionOwners.set(position, projectId)
      break
    }
    case 'grouping.requested': {
      const { project: projectId, grouping, thenApply = false } = decision.data
      if (grouping.revision !== 0 && state.revisionOwners.get(grouping.revision) !== projectId) throw new Error(`project ${projectId} has no rules revision ${grouping.revision}`)
      const generation: GenerationRow = {
        id: position, projectId, ...grouping, state: 'building', actor, thenApply, createdAt: at, appliedAt: null, retiredAt: null, tracked: true, watch: null, others: [],
      }
      state.generations.set(position, generation)
      state.changed.add(generation)
      break
    }
    case 'grouping.applied':
      applyGeneration(state, decision.data, at)
      break
    case 'grouping.discarded': {
      const generation = state.generations.get(decision.data.generation)
      if (generation?.projectId !== decision.data.project || generation.state === 'live') throw new Error(`generation ${decision.data.generation} cannot be discarded`)
      generation.state = 'discarded'
      state.changed.add(generation)
      break
    }
    default:
  }
}

/** Flips the pointer; no table of any generation changes (grouping.md 5.2). */
function applyGeneration(state: ProjectsState, { project: projectId, generation: id }: { project: number; generation: number }, at: Date): void {
  const project = state.projects.get(projectId)
  const next = state.generations.get(id)
  if (!project || next?.projectId !== projectId || next.state === 'discarded') throw new Error(`generation ${id} cannot be applied`)
  const last = state.generations.get(project.generation)
  if (last && last !== next) Object.assign(last, { state: 'retired', retiredAt: at })
  Object.assign(next, { state: 'live', appliedAt: at, retiredAt: null })
  project.generation = id
  state.targets.delete(projectId)
  state.changed.add(project).add(next)
  if (last) state.changed.add(last)
}

/** Its rows go with deletions/projects.ts. */
function deleteProject(state: ProjectsState, id: number): void {
  const project = state.projects.get(id)
  if (!project) throw new Error(`project ${id} does not exist`)
  state.projects.delete(id)
  state.targets.delete(id)
  state.changed.delete(project)
  state.deletedProjects.add(id)
  for (const generation of state.generations.values()) {
    if (generation.projectId !== id) continue
    generation.state = 'discarded'
    state.changed.add(generation)
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
