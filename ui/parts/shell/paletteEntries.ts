// What the palette offers without asking the server: actions of the page (its shortcuts), places, projects, recent issues,
// and what concerns the app itself. Which of them a text means is decided here, too.

import type { Level } from '../../../core/contract/issue.ts'
import type { Project } from '../../../core/contract/project.ts'
import type { View } from '../../../core/contract/view.ts'
import { setSingleKeys, shortcuts, singleKeys } from '../../data/keys.ts'
import { recentIssues } from '../../data/recent.ts'
import { project, signOut } from '../../data/session.ts'
import { setTheme, theme, themes } from '../../data/theme.ts'
import { atFirst, builtInViews, stateOf, writeListState } from '../../data/views.ts'
import { showToast } from '../basic/Toast.tsx'
import { copyText } from '../basic/copy.ts'
import { listMorePlaces, listPlaces } from './places.ts'

/** `note`: in grey behind the label, searched as well. `keys`: shown, not bound here. */
export type Entry = { group: string; label: string; note?: string | undefined; keys?: string | undefined; level?: Level; run: () => void }

const themeWords = { system: 'as the system', light: 'light', dark: 'dark' }
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export function listActions(): Entry[] {
  return shortcuts().filter((one) => !one.everywhere && !one.moves).map((one) => ({ group: 'On this page', label: capital(one.label), keys: one.keys[0], run: () => one.run() }))
}

export const listRecent = (go: (href: string) => void): Entry[] =>
  recentIssues().map((one) => ({ group: 'Recent issues', label: one.shortId, note: one.title, level: one.level, run: () => go(`/issues/${one.shortId}`) }))

export function listPages(go: (href: string) => void): Entry[] {
  return [...listPlaces(), ...listMorePlaces()].map((place) => ({ group: 'Go to', label: place.label, keys: place.keys, run: () => go(place.href) }))
}

/** `own`: the saved views of the project that is looked at. */
export function listViews(own: readonly View[], go: (href: string) => void): Entry[] {
  const slug = project()
  if (slug === null) return []
  return [
    ...builtInViews.map((view) => ({ name: view.name, search: writeListState({ ...atFirst, query: view.query }) })),
    ...own.map((view) => ({ name: view.name, search: writeListState(stateOf(view), { view: view.id, ...view.refold }) })),
  ].map(({ name, search }) => ({ group: 'Views', label: name, run: () => go(`/p/${slug}/issues${search}`) }))
}

export const listProjects = (projects: readonly Project[], go: (href: string) => void): Entry[] =>
  projects.map((one) => ({ group: 'Projects', label: one.slug, note: one.name === one.slug ? one.platform ?? undefined : one.name, run: () => go(`/p/${one.slug}/issues`) }))

export function listOwn(): Entry[] {
  const copy = async (): Promise<void> => showToast({ text: (await copyText(location.href)) ? 'Copied the address of this page' : 'Copying was refused' })
  const help = shortcuts().find((one) => one.everywhere && one.keys.includes('?'))
  return [
    { group: 'Refold', label: 'Copy the address of this page', run: () => void copy() },
    ...themes.filter((one) => one !== theme()).map((one) => ({ group: 'Refold', label: `Theme: ${themeWords[one]}`, run: () => setTheme(one) })),
    ...(help === undefined ? [] : [{ group: 'Refold', label: 'Keyboard shortcuts', keys: '?', run: () => help.run() }]),
    { group: 'Refold', label: `Turn single-key shortcuts ${singleKeys() ? 'off' : 'on'}`, run: () => setSingleKeys(!singleKeys()) },
    { group: 'Refold', label: 'Sign out', run: () => void signOut() },
  ]
}

/** Free text goes to the search of the project that is looked at. */
export function listSearch(text: string, go: (href: string) => void): Entry[] {
  if (text === '' || project() === null) return []
  return [{ group: 'Search', label: `Search issues for “${text}”`, run: () => go(`/p/${project()}/issues?${new URLSearchParams({ query: text })}`) }]
}

/** Those that have every word of `text`; where the label begins with it comes first within its group. */
export function matchEntries(entries: readonly Entry[], text: string): Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '')
  const rank = (entry: Entry): number => (entry.label.toLowerCase().startsWith(words[0] ?? '') ? 0 : 1)
  return entries
    .filter((entry) => words.every((word) => `${entry.label} ${entry.note ?? ''}`.toLowerCase().includes(word)))
    .toSorted((a, b) => (a.group === b.group ? rank(a) - rank(b) : 0))
}
