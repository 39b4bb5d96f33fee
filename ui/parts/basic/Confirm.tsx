// Asks before what cannot be taken back. A failure stays in the dialog.

import { createSignal, type JSX, Show } from 'solid-js'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { sayFailure } from '../../data/failure.ts'

export type ConfirmProps = { open: boolean; title: string; text: string; action: string; run: () => Promise<void>; onClose: () => void }

export function Confirm(props: ConfirmProps): JSX.Element {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.title} description={props.text}>
      <Actions {...props} />
    </Dialog>
  )
}

function Actions(props: ConfirmProps): JSX.Element {
  const [busy, setBusy] = createSignal(false)
  const [error, setError] = createSignal<string>()
  const act = async (): Promise<void> => {
    setBusy(true)
    try {
      await props.run()
      props.onClose()
    } catch (failure) {
      setError(sayFailure(failure))
      setBusy(false)
    }
  }
  return (
    <>
      <Show when={error()}>
        {(text) => (
          <p class="field-error mt-2" role="alert">
            {text()}
          </p>
        )}
      </Show>
      <div class="dialog-actions">
        <Button kind="danger" disabled={busy()} onClick={() => void act()}>
          {props.action}
        </Button>
        <Button onClick={() => props.onClose()}>Cancel</Button>
      </div>
    </>
  )
}
