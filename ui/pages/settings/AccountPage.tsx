// One's own name and password, and how the app looks.

import { createSignal, For, type JSX, Show } from 'solid-js'
import type { Account } from '../../../core/contract/account.ts'
import { ApiFailure, request } from '../../data/api.ts'
import { setSingleKeys, singleKeys } from '../../data/keys.ts'
import { setUser, signOut, user } from '../../data/session.ts'
import { setTheme, type Theme, theme, themes } from '../../data/theme.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { showToast } from '../../parts/basic/Toast.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { SettingsFrame } from './SettingsFrame.tsx'

const themeLabels: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' }

export function AccountPage(): JSX.Element {
  return (
    <SettingsFrame title="Account">
      <Show when={user()}>{(me) => <NameForm me={me()} />}</Show>
      <section class="section grid gap-3" aria-labelledby="looks">
        <h2 id="looks">Appearance and keyboard</h2>
        <fieldset>
          <legend class="legend mb-1">Theme</legend>
          <div class="flex flex-wrap gap-x-4">
            <For each={themes}>
              {(one) => (
                <label class="flex min-h-6 items-center gap-2">
                  <input class="check" type="radio" name="theme" checked={theme() === one} onChange={() => setTheme(one)} />
                  {themeLabels[one]}
                </label>
              )}
            </For>
          </div>
        </fieldset>
        <label class="flex min-h-6 items-center gap-2">
          <input class="check" type="checkbox" checked={singleKeys()} onChange={(event) => setSingleKeys(event.currentTarget.checked)} />
          Single-key shortcuts
        </label>
      </section>
      <PasswordForm />
      <section class="section">
        <Button onClick={() => void signOut()}>Sign out</Button>
      </section>
    </SettingsFrame>
  )
}

function NameForm(props: { me: Account }): JSX.Element {
  const [failure, setFailure] = createSignal<ApiFailure>()
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name'))
    setFailure(undefined)
    try {
      setUser((await request<Account>('PUT', 'users/me/', { body: { name } })).body)
      showToast({ text: 'Name saved' })
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setFailure(error)
    }
  }
  return (
    <form class="section" onSubmit={(event) => void submit(event)}>
      <div class="grid max-w-100 gap-4">
        <p class="text-ink-2">
          Signed in as <strong class="text-ink">{props.me.email}</strong>, {props.me.role}.
        </p>
        <Field label="Name" hint="Shown beside what you do." error={failure()?.message}>
          {(ids) => <input {...ids} class="input" name="name" value={props.me.name} required maxLength={128} autocomplete="name" />}
        </Field>
        <div>
          <Button type="submit">Save name</Button>
        </div>
      </div>
    </form>
  )
}
