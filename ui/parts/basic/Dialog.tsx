// A modal dialog: focus in, kept, and back where it was; Esc closes. Kobalte does the first, not the last, when a
// dialog has no trigger of its own (ui.md pitfall 6).

import { Dialog as Kobalte } from '@kobalte/core/dialog'
import { type JSX, onCleanup, Show } from 'solid-js'
import { useLayer } from '../../data/keys.ts'

export type DialogProps = { open: boolean; title: string; description?: string | undefined; wide?: boolean; onClose: () => void; children: JSX.Element }

export function Dialog(props: DialogProps): JSX.Element {
  return (
    <Show when={props.open}>
      <OpenDialog {...props} />
    </Show>
  )
}

function OpenDialog(props: DialogProps): JSX.Element {
  useLayer()
  const before = document.activeElement
  // The portal is gone before Kobalte would restore the focus.
  onCleanup(() => queueMicrotask(() => before instanceof HTMLElement && before.isConnected && before.focus()))
  return (
    <Kobalte open onOpenChange={(open) => !open && props.onClose()}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="overlay" />
        <div class="dialog-place">
          <Kobalte.Content class="dialog" classList={{ wide: props.wide === true }} onCloseAutoFocus={(event) => event.preventDefault()}>
            <Kobalte.Title class="dialog-title">{props.title}</Kobalte.Title>
            <Show when={props.description}>{(text) => <Kobalte.Description class="dialog-text">{text()}</Kobalte.Description>}</Show>
            {props.children}
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte>
  )
}
