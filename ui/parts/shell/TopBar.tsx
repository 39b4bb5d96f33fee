// The mark, the project, the live state; the palette, keys, theme and the account.

import { A, useNavigate } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { offlineSince } from '../../data/connection.ts'
import { liveState, type LiveState } from '../../data/live.ts'
import { homePath, signOut, user } from '../../data/session.ts'
import { Button } from '../basic/Button.tsx'
import { Kbd } from '../basic/Kbd.tsx'
import { Menu, MenuItem, MenuRule } from '../basic/Menu.tsx'
import { SearchIcon } from '../basic/icons.ts'
import { Building } from './Building.tsx'
import { ProjectSwitch } from './ProjectSwitch.tsx'
import { ThemeMenu } from './ThemeMenu.tsx'
import { openPalette } from './palette.ts'

const liveWords: Record<LiveState, string> = { on: 'Live', off: 'Not live', stale: 'Reconnecting' }

export function TopBar(props: { onHelp: () => void }): JSX.Element {
  const navigate = useNavigate()
  // A stream that has not noticed yet is not live beside a banner that says offline.
  const live = (): LiveState => (offlineSince() !== null && liveState() === 'on' ? 'stale' : liveState())
  return (
    <header class="topbar">
      <A href={homePath()} class="mark">
        Refold
      </A>
      <ProjectSwitch />
      <span class="grow" />
      <Building />
      <span class="live" data-live={live()} title={live() === 'on' ? 'Counts change as events arrive' : 'Counts may be old'}>
        <span class="max-sm:sr-only">{liveWords[live()]}</span>
      </span>
      <button type="button" class="btn palette-button" onClick={() => openPalette()}>
        <SearchIcon size={14} />
        <span class="max-lg:sr-only">Search or go to</span>
        <span class="max-lg:hidden"><Kbd keys="Mod+K" hidden /></span>
      </button>
      <Button class="max-md:hidden" kbd="?" onClick={() => props.onHelp()}>
        Keys
      </Button>
      <ThemeMenu />
      <Show when={user()}>
        {(me) => (
          <Menu class="max-md:hidden" label={me().name || me().email} title={me().email}>
            <MenuItem onSelect={() => navigate('/settings/account')}>Account</MenuItem>
            <MenuItem onSelect={() => navigate('/settings/members')}>Members</MenuItem>
            <MenuItem onSelect={() => navigate('/settings/tokens')}>API tokens</MenuItem>
            <MenuRule />
            <MenuItem onSelect={() => void signOut()}>Sign out</MenuItem>
          </Menu>
        )}
      </Show>
    </header>
  )
}
