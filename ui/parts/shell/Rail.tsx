// Where one can go: at the left, or at the bottom of a phone, where what has no room stands under "More".

import { useLocation, useNavigate } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { projectsQuery } from '../../data/queries.ts'
import { project, signOut } from '../../data/session.ts'
import { formatCount, formatExact } from '../basic/format.ts'
import { Menu, MenuItem, MenuRule } from '../basic/Menu.tsx'
import { MoreIcon } from '../basic/icons.ts'
import { ThemeChoice } from './ThemeMenu.tsx'
import { listPlaces } from './places.ts'

export function Rail(): JSX.Element {
  const location = useLocation()
  const projects = useQuery(() => projectsQuery())
  const open = createMemo(() => (projects.isPending ? undefined : projects.data?.find((one) => one.slug === project())?.refold.unresolved))
  const places = createMemo(() => listPlaces())
  return (
    <nav class="rail" aria-label="Main">
      <For each={places()}>
        {(place) => (
          <a href={place.href} class={place.first ? undefined : 'max-md:hidden'} aria-current={place.under(location.pathname) ? 'page' : undefined}>
            <Dynamic component={place.icon} />
            <span class="rail-label">{place.label}</span>
            <Show when={place.label === 'Issues' && open()}>{(count) => <span class="num" title={`${formatExact(count())} open`}>{formatCount(count())}</span>}</Show>
          </a>
        )}
      </For>
      <More />
    </nav>
  )
}

/** Only on a phone: the places without room, and what the top bar holds elsewhere. */
function More(): JSX.Element {
  const navigate = useNavigate()
  const location = useLocation()
  const rest = createMemo(() => listPlaces().filter((place) => !place.first))
  return (
    <div class="rail-more md:hidden" data-current={rest().some((place) => place.under(location.pathname))}>
      <Menu kind="quiet" label={<><MoreIcon /><span class="rail-label">More</span></>}>
        <For each={rest()}>{(place) => <MenuItem onSelect={() => navigate(place.href)}>{place.label}</MenuItem>}</For>
        <MenuRule />
        <ThemeChoice />
        <MenuRule />
        <MenuItem onSelect={() => void signOut()}>Sign out</MenuItem>
      </Menu>
    </div>
  )
}
