// Where one can go: at the left, or at the bottom of a phone.

import { useLocation } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { projectsQuery } from '../../data/queries.ts'
import { homePath, project } from '../../data/session.ts'
import { formatCount } from '../basic/format.ts'

type Place = { label: string; href: string; under: (path: string) => boolean; count?: number | undefined }

export function Rail(): JSX.Element {
  const location = useLocation()
  const projects = useQuery(() => projectsQuery())
  const open = createMemo(() => (projects.isPending ? undefined : projects.data?.find((one) => one.slug === project())?.refold.unresolved))
  const places = createMemo((): Place[] => [
    ...(project() ? [{ label: 'Issues', href: homePath(), under: (path: string) => path.endsWith('/issues') || path.startsWith('/issues/'), count: open() }] : []),
    ...(project() ? [{ label: 'Feedback', href: `/p/${project()}/feedback`, under: (path: string) => path.endsWith('/feedback') }] : []),
    ...(project() ? [{ label: 'Grouping', href: `/p/${project()}/grouping`, under: (path: string) => path.startsWith(`/p/${project()}/grouping`) }] : []),
    { label: 'Projects', href: '/projects', under: (path) => path === '/projects' || path.endsWith('/setup') },
    { label: 'Settings', href: '/settings/account', under: (path) => path.startsWith('/settings') },
  ])
  return (
    <nav class="rail" aria-label="Main">
      <For each={places()}>
        {(place) => (
          <a href={place.href} aria-current={place.under(location.pathname) ? 'page' : undefined}>
            {place.label}
            <Show when={place.count}>{(count) => <span class="num">{formatCount(count())}</span>}</Show>
          </a>
        )}
      </For>
    </nav>
  )
}
