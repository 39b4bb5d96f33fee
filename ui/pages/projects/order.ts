// The orders that the list of projects can be put in. Pure.

import type { Project } from '../../../core/contract/project.ts'

export type ProjectSort = 'name' | 'open' | 'events' | 'last'
const sorts: readonly string[] = ['name', 'open', 'events', 'last']

export const readSort = (text: string | undefined): ProjectSort => (text !== undefined && sorts.includes(text) ? (text as ProjectSort) : 'name')

/** By name from A on, by numbers and times from the greatest; what is equal by name. */
export function sortProjects(projects: readonly Project[], sort: ProjectSort): Project[] {
  const value = ({ refold }: Project): number => (sort === 'open' ? refold.unresolved : sort === 'events' ? refold.events24h : sort === 'last' ? Date.parse(refold.lastEvent ?? '') || 0 : 0)
  return projects.toSorted((a, b) => value(b) - value(a) || a.name.localeCompare(b.name, 'en', { numeric: true }))
}
