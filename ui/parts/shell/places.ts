// Where one can go: the rail, the bar of a phone, the keys `g …` and the palette all read this list.

import { homePath, project } from '../../data/session.ts'
import { ChartIcon, type Icon, IssueIcon, LayersIcon, MessageIcon, ProjectIcon, SettingsIcon } from '../basic/icons.ts'

export type Place = {
  label: string
  href: string
  /** Whether the page at `path` belongs to it. */
  under: (path: string) => boolean
  icon: Icon
  keys?: string
  /** On a phone there is room for four; the others stand under "More". */
  first: boolean
}

/** Of the project that is looked at, if any, and of the installation. */
export function listPlaces(): Place[] {
  const own = (page: string): string => `/p/${project()}/${page}`
  const ofProject: Place[] = [
    { label: 'Issues', href: homePath(), under: (path) => path.endsWith('/issues') || path.startsWith('/issues/'), icon: IssueIcon, keys: 'g i', first: true },
    { label: 'Feedback', href: own('feedback'), under: (path) => path.endsWith('/feedback'), icon: MessageIcon, first: true },
    { label: 'Grouping', href: own('grouping'), under: (path) => path.startsWith(own('grouping')), icon: LayersIcon, keys: 'g g', first: true },
    { label: 'Outcomes', href: own('outcomes'), under: (path) => path.endsWith('/outcomes'), icon: ChartIcon, first: false },
  ]
  return [
    ...(project() === null ? [] : ofProject),
    { label: 'Projects', href: '/projects', under: (path) => path === '/projects' || path.endsWith('/setup'), icon: ProjectIcon, keys: 'g p', first: true },
    { label: 'Settings', href: '/settings/account', under: (path) => path.startsWith('/settings'), icon: SettingsIcon, keys: 'g s', first: project() === null },
  ]
}

/** Pages that stand below one of the places. */
export function listMorePlaces(): { label: string; href: string; keys?: undefined }[] {
  return [
    ...(project() === null ? [] : [
      { label: `Settings of ${project()}`, href: `/settings/projects/${project()}` },
      { label: `Set up an SDK for ${project()}`, href: `/p/${project()}/setup` },
    ]),
    { label: 'Account', href: '/settings/account' },
    { label: 'Members', href: '/settings/members' },
    { label: 'API tokens', href: '/settings/tokens' },
  ]
}
