// Name and limit of a key, new or old.

import { createSignal, type JSX, Show } from 'solid-js'
import type { ProjectKey } from '../../../core/contract/project.ts'
import { ApiFailure } from '../../data/api.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Dialog } from '../../parts/basic/Dialog.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { FormError } from '../../parts/basic/FormError.tsx'
import { SwitchField } from './fields.tsx'
import { mostCount } from './quotaWords.ts'
import { WindowSelect } from './WindowSelect.tsx'

export type KeyChange = { name: string; rateLimit: ProjectKey['rateLimit'] }
type Props = { of: ProjectKey | 'new' | null; save: (change: KeyChange) => Promise<void>; onClose: () => void }

export function KeyForm(props: Props): JSX.Element {
  return (
    <Dialog open={props.of !== null} onClose={props.onClose} title={props.of === 'new' ? 'New key' : 'Change key'}>
      <Form {...props} />
    </Dialog>
  )
}

function Form(props: Props): JSX.Element {
  const current = (): ProjectKey | null => (props.of === 'new' ? null : props.of)
  // oxlint-disable-next-line solid/reactivity -- the fields start with it; the person changes them
  const [limit, setLimit] = createSignal<{ count: number; window: number } | null>(current()?.rateLimit ? { ...current()!.rateLimit! } : null)
  const [failure, setFailure] = createSignal<ApiFailure>()
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    setFailure(undefined)
    try {
      await props.save({ name: String(new FormData(event.currentTarget).get('name')), rateLimit: limit() })
      props.onClose()
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setFailure(error)
    }
  }
  return (
    <form class="mt-3 grid gap-4" onSubmit={(event) => void submit(event)}>
      <Field label="Name" hint="What sends with it: web, worker, staging …" error={failure()?.fields.name?.[0]}>
        {(ids) => <input {...ids} class="input" name="name" value={current()?.name ?? ''} required maxLength={64} autocomplete="off" autofocus />}
      </Field>
      <div>
        <SwitchField label="A limit of its own" hint="For the errors of one noisy place. The limits of the project hold as well." on={limit() !== null} onChange={(on) => setLimit(on ? { count: 1_000, window: 60 } : null)} />
        <Show when={limit()}>
          {(one) => (
            <div class="quota mt-2">
              <span>At most</span>
              <input class="input" type="number" inputmode="numeric" min="0" max={mostCount} step="1" required aria-label="How many" value={one().count} onInput={(event) => event.currentTarget.validity.valid && setLimit({ ...one(), count: event.currentTarget.valueAsNumber })} />
              <span>errors per</span>
              <WindowSelect value={one().window} label="Per how long" onPick={(window) => setLimit({ ...one(), window })} />
            </div>
          )}
        </Show>
        <Show when={failure()?.fields.rateLimit}>{(said) => <p class="field-error" role="alert">{said().join(' ')}</p>}</Show>
      </div>
      <FormError failure={failure()} />
      <div class="flex gap-2">
        <Button kind="primary" type="submit">
          Save
        </Button>
        <Button onClick={() => props.onClose()}>Cancel</Button>
      </div>
    </form>
  )
}
