// Names a key, new or old.

import { createSignal, type JSX } from 'solid-js'
import type { ProjectKey } from '../../../core/contract/project.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Dialog } from '../../parts/basic/Dialog.tsx'
import { Field } from '../../parts/basic/Field.tsx'

type Props = { of: ProjectKey | 'new' | null; save: (name: string) => Promise<void>; onClose: () => void }

export function KeyName(props: Props): JSX.Element {
  return (
    <Dialog open={props.of !== null} onClose={props.onClose} title={props.of === 'new' ? 'New key' : 'Rename key'}>
      <Form {...props} />
    </Dialog>
  )
}

function Form(props: Props): JSX.Element {
  const [error, setError] = createSignal<string>()
  const current = (): string => (props.of === 'new' || props.of === null ? '' : props.of.name)
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    try {
      await props.save(String(new FormData(event.currentTarget).get('name')))
      props.onClose()
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure))
    }
  }
  return (
    <form class="mt-3 grid gap-4" onSubmit={(event) => void submit(event)}>
      <Field label="Name" hint="What sends with it: web, worker, staging …" error={error()}>
        {(ids) => <input {...ids} class="input" name="name" value={current()} required maxLength={64} autocomplete="off" autofocus />}
      </Field>
      <div class="flex gap-2">
        <Button kind="primary" type="submit">
          Save
        </Button>
        <Button onClick={() => props.onClose()}>Cancel</Button>
      </div>
    </form>
  )
}
