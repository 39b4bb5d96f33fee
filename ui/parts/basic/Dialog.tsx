// A modal dialog: focus in, kept, and back where it was; Esc closes. The widget comes later (widgets.ts); a dialog that is
// wanted before opens as soon as it is there.

import { createEffect, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { whenIdle } from '../../data/idle.ts'
import { loadWidgets, widgets } from './widgets.ts'

export type DialogProps = {
  open: boolean
  title: string
  description?: string | undefined
  wide?: boolean
  /** The title is only read out: what is in the dialog says it. */
  titleHidden?: boolean
  class?: string
  onClose: () => void
  children: JSX.Element
}

export function Dialog(props: DialogProps): JSX.Element {
  onMount(() => onCleanup(whenIdle(loadWidgets)))
  createEffect(() => props.open && loadWidgets())
  return (
    <Show when={props.open}>
      <Open {...props} />
    </Show>
  )
}

function Open(props: DialogProps): JSX.Element {
  const before = document.activeElement
  // Kobalte does not do this for a dialog without a trigger of its own (ui.md pitfall 6), and the portal is gone before it could.
  onCleanup(() => queueMicrotask(() => before instanceof HTMLElement && before.isConnected && before.focus()))
  return <Show when={widgets()}>{(loaded) => <Dynamic component={loaded().DialogWidget} {...props} />}</Show>
}
