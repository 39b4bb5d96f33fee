// Which projects and keys there are, as far as a decision about one depends on the others: slugs are unique. Pure; used by ingest/commands.

import type { Decision } from '../decisions.ts'
import { changeSettings, defaultSettings, type ProjectSettings, type SettingsChange } from './settings.ts'

export type RateLimit = { count: number; window: number }
export type KeyState = { id: number; publicKey: string; label: string; isActive: boolean; rateLimit: RateLimit | null; createdAt: Date }
export type ProjectState = { id: number; slug: string; name: string; platform: string | null; settings: ProjectSettings; keys: ReadonlyMap<number, KeyState> }
export type Projects = ReadonlyMap<number, ProjectState>

export type ProjectChange = { name?: string | undefined; slug?: string | undefined; platform?: string | null | undefined }
export type KeyChange = { name?: string | undefined; isActive?: boolean | undefined; rateLimit?: RateLimit | null | undefined }

export function findBySlug(projects: Projects, slug: string): ProjectState | undefined {
  return [...projects.values()].find((project) => project.slug === slug)
}

/** A slug of `name` that no project has: `Web Shop` -> `web-shop`, then `web-shop-2` … Never only digits: that would read as an id. */
export function makeSlug(projects: Projects, name: string): string {
  const words = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-').slice(0, 44).replace(/^-+|-+$/g, '')
  const base = /[a-z]/.test(words) ? words : words === '' ? 'project' : `project-${words}`.slice(0, 44)
  const taken = new Set([...projects.values()].map(({ slug }) => slug))
  let slug = base
  for (let number = 2; taken.has(slug); number++) slug = `${base}-${number}`
  return slug
}

/** Only what differs is recorded; no decision when nothing does. */
export function decideProjectChange(projects: Projects, project: ProjectState, change: ProjectChange): { decisions: Decision[] } | { refused: 'slugTaken' } {
  const holder = change.slug === undefined ? undefined : findBySlug(projects, change.slug)
  if (holder && holder.id !== project.id) return { refused: 'slugTaken' }
  const data = {
    id: project.id,
    ...(change.name !== undefined && change.name !== project.name && { name: change.name }),
    ...(change.slug !== undefined && change.slug !== project.slug && { slug: change.slug }),
    ...(change.platform !== undefined && change.platform !== project.platform && { platform: change.platform }),
  }
  return { decisions: Object.keys(data).length > 1 ? [{ type: 'project.changed', data }] : [] }
}

/** Only settings that differ are recorded. */
export function decideSettings(project: ProjectState, change: SettingsChange): Decision[] {
  const before = project.settings
  const after = changeSettings(before, change)
  const settings = Object.fromEntries(Object.entries(after).filter(([name, value]) => !isSame(value, before[name as keyof ProjectSettings])))
  return Object.keys(settings).length > 0 ? [{ type: 'project.configured', data: { id: project.id, settings } }] : []
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

export function decideKeyChange(project: ProjectState, key: KeyState, change: KeyChange): Decision[] {
  const data = {
    id: key.id,
    project: project.id,
    ...(change.name !== undefined && change.name !== key.label && { label: change.name }),
    ...(change.isActive !== undefined && change.isActive !== key.isActive && { isActive: change.isActive }),
    ...(change.rateLimit !== undefined && !isSame(change.rateLimit, key.rateLimit) && { rateLimit: change.rateLimit }),
  }
  return Object.keys(data).length > 2 ? [{ type: 'key.changed', data }] : []
}

export function evolveProjects(projects: Projects, decision: Decision, recordedAt: Date): Projects {
  const { type, data } = decision
  if (type === 'project.created') return new Map(projects).set(data.id, { id: data.id, slug: data.slug, name: data.name, platform: data.platform, settings: defaultSettings, keys: new Map() })
  if (type === 'project.deleted') return new Map([...projects].filter(([id]) => id !== data.id))
  const project = type === 'project.changed' || type === 'project.configured' ? projects.get(data.id) : type === 'key.created' || type === 'key.changed' || type === 'key.deleted' ? projects.get(data.project) : undefined
  if (!project) return projects
  if (type === 'project.changed') {
    const { name = project.name, slug = project.slug, platform = project.platform } = data
    return new Map(projects).set(project.id, { ...project, name, slug, platform })
  }
  if (type === 'project.configured') return new Map(projects).set(project.id, { ...project, settings: changeSettings(project.settings, data.settings) })
  if (type === 'key.created') {
    const key = { id: data.id, publicKey: data.publicKey, label: data.label, isActive: true, rateLimit: null, createdAt: recordedAt }
    return new Map(projects).set(project.id, { ...project, keys: new Map(project.keys).set(key.id, key) })
  }
  if (type === 'key.deleted') return new Map(projects).set(project.id, { ...project, keys: new Map([...project.keys].filter(([id]) => id !== data.id)) })
  const key = type === 'key.changed' ? project.keys.get(data.id) : undefined
  if (!key || type !== 'key.changed') return projects
  const { label = key.label, isActive = key.isActive, rateLimit = key.rateLimit } = data
  return new Map(projects).set(project.id, { ...project, keys: new Map(project.keys).set(key.id, { ...key, label, isActive, rateLimit }) })
}
