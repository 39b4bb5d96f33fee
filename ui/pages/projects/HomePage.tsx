// `/`: the stream of the project last looked at (G-01); in a browser that remembers none, the one that got an event last.

import { Navigate } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createMemo, type JSX, Show } from 'solid-js'
import { projectsQuery } from '../../data/queries.ts'
import { project } from '../../data/session.ts'

export function HomePage(): JSX.Element {
  const projects = useQuery(() => ({ ...projectsQuery(), enabled: project() === null && projectsQuery().enabled !== false }))
  const newest = createMemo(() => {
    if (projects.isPending) return undefined
    const used = (projects.data ?? []).filter((one) => one.refold.lastEvent !== null)
    return used.toSorted((a, b) => (a.refold.lastEvent! < b.refold.lastEvent! ? 1 : -1))[0]?.slug ?? null
  })
  const home = (): string | undefined => {
    const slug = project() ?? newest()
    if (slug === undefined) return undefined
    return slug === null ? '/projects' : `/p/${slug}/issues`
  }
  return <Show when={home() ?? (projects.isError && '/projects')}>{(href) => <Navigate href={href()} />}</Show>
}
