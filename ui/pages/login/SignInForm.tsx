// Email and password. A refusal is one message for the whole form, the same for an unknown user (L-01).

import { createSignal, type JSX, Show } from 'solid-js'
import { ApiFailure, request } from '../../data/api.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { PasswordInput } from './PasswordInput.tsx'

export function SignInForm(props: { onDone: () => void }): JSX.Element {
  const [error, setError] = createSignal<string>()
  const [busy, setBusy] = createSignal(false)
  let password: HTMLInputElement | undefined

  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setError(undefined)
    try {
      await request('POST', 'auth/login/', { body: { username: form.get('username'), password: form.get('password') } })
      props.onDone()
    } catch (failure) {
      setError(failure instanceof ApiFailure ? failure.message : String(failure))
      if (password) password.value = ''
      password?.focus()
    } finally {
      setBusy(false)
    }
  }

  return (
    <form class="grid gap-4" aria-describedby={error() ? 'login-error' : undefined} onSubmit={(event) => void submit(event)}>
      <h1 class="text-xl">Sign in</h1>
      <Show when={error()}>
        {(text) => (
          <p id="login-error" class="notice" data-kind="error" role="alert">
            {text()}
          </p>
        )}
      </Show>
      <Field label="Email">{(ids) => <input {...ids} class="input" type="email" name="username" autocomplete="username" required maxLength={320} autofocus />}</Field>
      <Field label="Password">{(ids) => <PasswordInput ids={ids} autocomplete="current-password" ref={(element) => (password = element)} />}</Field>
      <Button kind="primary" type="submit" disabled={busy()}>
        Sign in
      </Button>
    </form>
  )
}
