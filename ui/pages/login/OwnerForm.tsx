// First run: the person who creates the installation owns it. The server allows it once.

import { createSignal, type JSX } from 'solid-js'
import type { NewOwner } from '../../../core/contract/account.ts'
import { ApiFailure, request } from '../../data/api.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { FormError } from '../../parts/basic/FormError.tsx'
import { PasswordInput } from './PasswordInput.tsx'

export function OwnerForm(props: { onDone: () => void }): JSX.Element {
  const [failure, setFailure] = createSignal<ApiFailure>()
  const [busy, setBusy] = createSignal(false)
  const fieldError = (name: keyof NewOwner): string | undefined => failure()?.fields[name]?.[0]

  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string): string => String(form.get(name) ?? '').trim()
    const body: NewOwner = { email: text('email'), password: String(form.get('password')), ...(text('name') && { name: text('name') }) }
    setBusy(true)
    setFailure(undefined)
    try {
      await request('POST', 'auth/owner/', { body })
      props.onDone()
    } catch (error) {
      if (error instanceof ApiFailure) setFailure(error)
      else throw error
    } finally {
      setBusy(false)
    }
  }

  return (
    <form class="grid gap-4" onSubmit={(event) => void submit(event)}>
      <h1 class="text-xl">Create the owner</h1>
      <p class="text-ink-2">Nobody can sign in yet. The owner manages projects, members and tokens.</p>
      <Field label="Email" error={fieldError('email')}>
        {(ids) => <input {...ids} class="input" type="email" name="email" autocomplete="username" required maxLength={320} autofocus />}
      </Field>
      <Field label="Name" hint="Optional. Shown beside what you do." error={fieldError('name')}>
        {(ids) => <input {...ids} class="input" name="name" autocomplete="name" maxLength={128} />}
      </Field>
      <Field label="Password" hint="At least 8 characters." error={fieldError('password')}>
        {(ids) => <PasswordInput ids={ids} autocomplete="new-password" />}
      </Field>
      <FormError failure={failure()} />
      <Button kind="primary" type="submit" disabled={busy()}>
        Create owner
      </Button>
    </form>
  )
}
