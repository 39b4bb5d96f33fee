// What all settings pages share: the heading, and at its side every place that something can be set.

import { A, useLocation } from '@solidjs/router'
import { createEffect, For, type JSX, on, Show } from 'solid-js'
import { may, project } from '../../data/session.ts'
import { showCurrent } from '../../parts/basic/strip.ts'
import { usePageTitle } from '../../parts/shell/page.ts'
import './settings.css'

type Place = { label: string; href: string }
type Group = { name: string; places: readonly Place[] }

export const projectSections = [
  ['', 'General'],
  ['keys', 'Keys'],
  ['limits', 'Limits'],
  ['filters', 'Filters'],
  ['privacy', 'Privacy'],
] as const
export type ProjectSection = (typeof projectSections)[number][0]

/** `of`: what is set, where the heading alone does not say it. */
export function SettingsFrame(props: { title: string; of?: string; children: JSX.Element }): JSX.Element {
  usePageTitle(() => (props.of === undefined ? props.title : `${props.title} · ${props.of}`))
  const location = useLocation()
  const isHere = (href: string): boolean => location.pathname === href || (href === '/settings/account' && location.pathname === '/settings')
  const groups = (): Group[] => [
    { name: 'You', places: [{ label: 'Account', href: '/settings/account' }, { label: 'API tokens', href: '/settings/tokens' }] },
    {
      name: 'Organization',
      places: [{ label: 'Members', href: '/settings/members' }, { label: 'Limits of all', href: '/settings/limits' }, ...(may('org:write') ? [{ label: 'Audit log', href: '/settings/audit' }] : [])],
    },
    ...(project() ? [{ name: `Project ${project()}`, places: projectSections.map(([section, label]) => ({ label, href: `/settings/projects/${project()}${section && `/${section}`}` })) }] : []),
  ]
  let nav: HTMLElement | undefined
  // On a phone the list is one line that scrolls, and grows when it is known who asks.
  createEffect(
    on([() => location.pathname, groups], () => {
      requestAnimationFrame(() => showCurrent(nav))
    }),
  )
  return (
    <div class="settings">
      <nav ref={(element) => (nav = element)} class="settings-nav" aria-label="Settings">
        <For each={groups()}>
          {(group) => (
            <section aria-label={group.name}>
              <p class="settings-group" aria-hidden="true">{group.name}</p>
              <ul role="list">
                <For each={group.places}>
                  {(place) => (
                    <li>
                      <A href={place.href} aria-current={isHere(place.href) ? 'page' : undefined}>
                        {place.label}
                      </A>
                    </li>
                  )}
                </For>
              </ul>
            </section>
          )}
        </For>
      </nav>
      <div class="min-w-0">
        <div class="page-head">
          <h1>
            {props.title} <Show when={props.of}>{(of) => <span class="font-normal text-ink-2">of {of()}</span>}</Show>
          </h1>
        </div>
        {props.children}
      </div>
    </div>
  )
}
