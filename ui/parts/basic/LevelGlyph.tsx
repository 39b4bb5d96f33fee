// The level as a shape in its colour (ui.md 3, "Levels"): readable without colour too.

import { type JSX, Match, Switch } from 'solid-js'
import type { Level } from '../../../core/contract/issue.ts'

/** `label`: false where the level's word stands beside it. */
export function LevelGlyph(props: { level: Level; label?: boolean }): JSX.Element {
  return (
    <svg class="level" data-level={props.level} viewBox="0 0 12 12" width="12" height="12" role={props.label === false ? undefined : 'img'} aria-label={props.label === false ? undefined : props.level} aria-hidden={props.label === false ? 'true' : undefined}>
      <Switch fallback={<rect x="2" y="2" width="8" height="8" />}>
        <Match when={props.level === 'fatal'}>
          <path d="M6 .8 11.2 6 6 11.2.8 6z" />
        </Match>
        <Match when={props.level === 'warning'}>
          <path d="M6 1.4 11.2 10.6H.8z" />
        </Match>
        <Match when={props.level === 'info'}>
          <circle cx="6" cy="6" r="4.4" />
        </Match>
        <Match when={props.level === 'debug'}>
          <circle cx="6" cy="6" r="3.7" fill="none" stroke="currentColor" stroke-width="1.5" />
        </Match>
      </Switch>
    </svg>
  )
}
