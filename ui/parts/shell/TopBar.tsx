// The mark, the project, the live state; keys, theme and the account.

import { A, useNavigate } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createMemo, type JSX, Show } from 'solid-js'
import { liveState, type LiveState } from '../../data/live.ts'
import { projectsQuery } from '../../data/queries.ts'
import { homePath, org, project, signOut, user } from '../../data/session.ts'
import { setTheme, theme, themes } from '../../data/theme.ts'
import { Button } from '../basic/Button.tsx'
import { Menu, MenuItem } from '../basic/Menu.tsx'
import { Building } from './Building.tsx'

const liveWords: Record<LiveState, string> = { on: 'Live', off: 'Not live', stale: 'Reconnecting' }
const themeWords = { system: 'as the system', light: 'light', dark: 'dark' }

export function TopBar(props: { onHelp: () => void }): JSX.Element {
  const navigate = useNavigate()
  const nextTheme = createMemo(() => themes[(themes.indexOf(theme()) + 1) % themes.length] ?? 'system')
  return (
    <header class="topbar">
      <A href={homePath()} class="mark">
        Refold
      </A>
      <ProjectSwitch />
      <span class="grow" />
      <Building />
      <span class="live" data-live={liveState()} title={liveState() === 'on' ? 'Counts change as events arrive' : 'Counts may be old'}>
        <span class="max-sm:sr-only">{liveWords[liveState()]}</span>
      </span>
      <Button class="max-md:hidden" kbd="?" onClick={() => props.onHelp()}>
        Keys
      </Button>
      <Button class="max-sm:hidden" title={`Now: ${themeWords[theme()]}. Next: ${themeWords[nextTheme()]}.`} onClick={() => setTheme(nextTheme())}>
        Theme: {theme()}
      </Button>
      <Show when={user()}>
        {(me) => (
          <Menu label={me().name || me().email} title={me().email}>
            <MenuItem onSelect={() => navigate('/settings/account')}>Account</MenuItem>
            <MenuItem onSelect={() => navigate('/settings/members')}>Members</MenuItem>
            <MenuItem onSelect={() => navigate('/settings/tokens')}>API tokens</MenuItem>
            <MenuItem onSelect={() => void signOut()}>Sign out</MenuItem>
          </Menu>
        )}
      </Show>
    </header>
  )
}

function ProjectSwitch(): JSX.Element {
  const navigate = useNavigate()
  const projects = useQuery(() => projectsQuery())
  const all = createMemo(() => (projects.isPending ? [] : (projects.data ?? [])))
  return (
    <span class="flex min-w-0 items-center whitespace-nowrap text-ink-2">
      <span class="max-sm:hidden">{org()} /&nbsp;</span>
      <Show when={project()} fallback={<A href="/projects">all projects</A>}>
        {(slug) => (
          <Menu kind="quiet" label={slug()} name={`Project ${slug()}`} items={all()} render={(item) => item.slug} onPick={(item) => navigate(`/p/${item.slug}/issues`)}>
            <MenuItem onSelect={() => navigate('/projects')}>All projects</MenuItem>
          </Menu>
        )}
      </Show>
    </span>
  )
}
