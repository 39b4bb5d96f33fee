// A new password for one's own account. It ends the sessions in other browsers.

import { createSignal, type JSX } from 'solid-js'
import { ApiFailure, request } from '../../data/api.ts'
import { user } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { FormError } from '../../parts/basic/FormError.tsx'
import { showToast } from '../../parts/basic/Toast.tsx'

export function PasswordForm(): JSX.Element {
  const [failure, setFailure] = createSignal<ApiFailure>()
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    const form = event.currentTarget
    const { password, next } = Object.fromEntries(new FormData(form))
    setFailure(undefined)
    try {
      await request('PUT', 'users/me/password/', { body: { password, new: next } })
      form.reset()
      showToast({ text: 'Password changed. Other browsers are signed out.' })
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setFailure(error)
    }
  }
  return (
    <form class="section" aria-labelledby="password" onSubmit={(event) => void submit(event)}>
      <h2 id="password">Password</h2>
      <div class="mt-3 grid max-w-100 gap-4">
        <input type="email" name="email" autocomplete="username" value={user()?.email ?? ''} readOnly hidden />
        <Field label="Current password" error={failure()?.fields.password?.[0]}>
          {(ids) => <input {...ids} class="input" type="password" name="password" autocomplete="current-password" required maxLength={1024} />}
        </Field>
        <Field label="New password" hint="At least 8 characters. Tokens go on working." error={failure()?.fields.new?.[0]}>
          {(ids) => <input {...ids} class="input" type="password" name="next" autocomplete="new-password" required maxLength={1024} />}
        </Field>
        <FormError failure={failure()} />
        <div>
          <Button type="submit">Change password</Button>
        </div>
      </div>
    </form>
  )
}
