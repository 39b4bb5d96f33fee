// A key as it stands on the keyboard. `hidden` inside a button: the name of the button is its text, not its key.

import type { JSX } from 'solid-js'

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)

export function Kbd(props: { keys: string; hidden?: boolean }): JSX.Element {
  return (
    <kbd class="kbd" aria-hidden={props.hidden ? 'true' : undefined}>
      {isMac ? props.keys.replace('Mod+', '⌘').replace('Alt+', '⌥') : props.keys.replace('Mod+', 'Ctrl ')}
    </kbd>
  )
}
