// A new key in the place of one that has leaked or is old. Whether the old one goes on working is the person's choice.

import { createSignal, type JSX, Show } from 'solid-js'
import type { ProjectKey } from '../../../core/contract/project.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Dialog } from '../../parts/basic/Dialog.tsx'
import { SwitchField } from './fields.tsx'
import { sayFailure } from '../../data/failure.ts'

type Props = { of: ProjectKey | null; rotate: (keepOld: boolean) => Promise<void>; onClose: () => void }

export function RotateKey(props: Props): JSX.Element {
  return (
    <Dialog open={props.of !== null} onClose={props.onClose} title={`Rotate ${props.of?.name ?? ''}?`} description="A new key is made with the same name and limit.">
      <Question {...props} />
    </Dialog>
  )
}

function Question(props: Props): JSX.Element {
  const [ends, setEnds] = createSignal(false)
  const [error, setError] = createSignal<string>()
  const act = async (): Promise<void> => {
    try {
      await props.rotate(!ends())
      props.onClose()
    } catch (failure) {
      setError(sayFailure(failure))
    }
  }
  return (
    <>
      <div class="mt-3">
        <SwitchField label="Disable the old one at once" hint="What is in the field with the old DSN is refused from then on. Else disable it when all is deployed." on={ends()} onChange={setEnds} />
      </div>
      <Show when={error()}>{(text) => <p class="field-error mt-2" role="alert">{text()}</p>}</Show>
      <div class="dialog-actions">
        <Button kind="primary" onClick={() => void act()}>
          Make the new key
        </Button>
        <Button onClick={() => props.onClose()}>Cancel</Button>
      </div>
    </>
  )
}
