// The dialog itself: keeps the focus, closes by Esc (Kobalte). Loaded by widgets.ts.

import { Dialog as Kobalte } from '@kobalte/core/dialog'
import { type JSX, Show, Suspense } from 'solid-js'
import { useLayer } from '../../data/keys.ts'
import type { DialogProps } from './Dialog.tsx'

export function DialogWidget(props: DialogProps): JSX.Element {
  useLayer()
  return (
    <Kobalte open onOpenChange={(open) => !open && props.onClose()}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="overlay" />
        <div class="dialog-place">
          <Kobalte.Content class={`dialog ${props.class ?? ''}`} classList={{ wide: props.wide === true }} onCloseAutoFocus={(event) => event.preventDefault()}>
            <Kobalte.Title class="dialog-title" classList={{ 'sr-only': props.titleHidden === true }}>{props.title}</Kobalte.Title>
            <Show when={props.description}>{(text) => <Kobalte.Description class="dialog-text">{text()}</Kobalte.Description>}</Show>
            {/* What it asks the server for must not make the page behind it wait, which would lose its place (ui.md pitfall 2). */}
            <Suspense>{props.children}</Suspense>
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte>
  )
}
