// One message at a time, bottom left: what was done, with Undo, or what failed, with Retry.

import { createSignal, type JSX, Show } from 'solid-js'
import { Button } from './Button.tsx'

export type ToastMessage = { text: string; kind?: 'plain' | 'error'; action?: { label: string; run: () => void } }

const [shown, setShown] = createSignal<ToastMessage | null>(null)
let timer: ReturnType<typeof setTimeout> | undefined

/** Shows `message` for 10 s, in place of the one before. */
export function showToast(message: ToastMessage): void {
  clearTimeout(timer)
  setShown(message)
  timer = setTimeout(() => setShown(null), 10_000)
}

const hideToast = (): void => void setShown(null)

/** Mounted once, by the shell. The live region is always there: one that comes with its text is often not read. */
export function Toaster(): JSX.Element {
  return (
    <div class="toaster" role="status">
      <Show when={shown()} keyed>
        {(message) => (
          <div class="toast" data-kind={message.kind ?? 'plain'}>
            <span>{message.text}</span>
            <Show when={message.action}>
              {(action) => (
                <Button
                  kind="quiet"
                  onClick={() => {
                    hideToast()
                    action().run()
                  }}
                >
                  {action().label}
                </Button>
              )}
            </Show>
            <Button kind="quiet" aria-label="Close message" onClick={hideToast}>
              ✕
            </Button>
          </div>
        )}
      </Show>
    </div>
  )
}
