// What all settings pages share: the heading and the places beside this one.

import { A, useLocation } from '@solidjs/router'
import { For, type JSX } from 'solid-js'
import { project } from '../../data/session.ts'
import { usePageTitle } from '../../parts/shell/page.ts'

export function SettingsFrame(props: { title: string; children: JSX.Element }): JSX.Element {
  usePageTitle(() => props.title)
  const location = useLocation()
  const places = (): { label: string; href: string }[] => [
    { label: 'Account', href: '/settings/account' },
    { label: 'Members', href: '/settings/members' },
    { label: 'API tokens', href: '/settings/tokens' },
    ...(project() ? [{ label: `Project ${project()}`, href: `/settings/projects/${project()}` }] : []),
  ]
  return (
    <>
      <nav class="tabs pt-1" aria-label="Settings">
        <For each={places()}>
          {(place) => (
            <A href={place.href} aria-current={location.pathname === place.href ? 'page' : undefined}>
              {place.label}
            </A>
          )}
        </For>
      </nav>
      <div class="page-head">
        <h1>{props.title}</h1>
      </div>
      {props.children}
    </>
  )
}
