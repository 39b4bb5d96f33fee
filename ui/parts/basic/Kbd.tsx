// A key as it stands on the keyboard. `hidden` inside a button: the name of the button is its text, not its key.

import type { JSX } from 'solid-js'

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)

/** Names of the DOM that a keyboard prints as a sign. */
const signs: Record<string, string> = {
  ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', Mod: 'Ctrl', ...(isMac && { Mod: '⌘', Alt: '⌥', Shift: '⇧' }),
}
const sayChord = (chord: string): string => chord.split('+').map((key) => signs[key] ?? key).join(isMac ? '' : ' ')

export function Kbd(props: { keys: string; hidden?: boolean }): JSX.Element {
  return (
    <kbd class="kbd" aria-hidden={props.hidden ? 'true' : undefined}>
      {props.keys.split(' ').map(sayChord).join(' ')}
    </kbd>
  )
}
