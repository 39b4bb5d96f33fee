// Issues that were born since a project's list was read. They move no row: a bar says how many, `.` reads the list anew
// (S-11). Kept for the life of the tab, so that they are also counted while an issue's page is open.

import { createSignal } from 'solid-js'
import { onLive } from '../../data/live.ts'

const [arrived, setArrived] = createSignal<ReadonlyMap<string, ReadonlySet<string>>>(new Map())

onLive((message) => {
  if (message.event !== 'issues' || message.data.created.length === 0) return
  const { project, created } = message.data
  setArrived((all) => new Map(all).set(project, new Set([...all.get(project) ?? [], ...created])))
})

/** How many new issues a project has that its list does not show. */
export const countArrived = (project: string): number => arrived().get(project)?.size ?? 0

export function forgetArrived(project: string): void {
  if (countArrived(project) > 0) setArrived((all) => new Map([...all].filter(([slug]) => slug !== project)))
}
