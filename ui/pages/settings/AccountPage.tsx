// One's own name and password, and how the app looks.

import { type JSX, Show } from 'solid-js'
import type { Account } from '../../../core/contract/account.ts'
import { roleNames } from '../../../core/access.ts'
import { request } from '../../data/api.ts'
import { setUser, signOut, user } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { createDraft } from './draft.ts'
import { DraftForm } from './DraftForm.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { Preferences } from './Preferences.tsx'
import { SettingsFrame } from './SettingsFrame.tsx'

export function AccountPage(): JSX.Element {
  return (
    <SettingsFrame title="Account">
      <Show when={user()}>{(me) => <NameForm me={me()} />}</Show>
      <Preferences />
      <PasswordForm />
      <section class="section" aria-labelledby="session">
        <h2 id="session">This browser</h2>
        <p class="mt-1 mb-3 text-ink-2">Signing out ends this session; tokens go on working.</p>
        <Button onClick={() => void signOut()}>Sign out</Button>
      </section>
    </SettingsFrame>
  )
}

function NameForm(props: { me: Account }): JSX.Element {
  const draft = createDraft(
    () => ({ name: props.me.name }),
    async ({ name }) => {
      const { body } = await request<Account>('PUT', 'users/me/', { body: { name } })
      setUser(body)
      return { name: body.name }
    },
    'Name saved',
  )
  return (
    <DraftForm title="You" hint={<>Signed in as <strong class="text-ink">{props.me.email}</strong>, {roleNames[props.me.role].toLowerCase()}.</>} draft={draft} action="Save name" why={undefined}>
      <div class="max-w-100">
        <Field label="Name" hint="Shown beside what you do." error={draft.errorOf('name')}>
          {(ids) => <input {...ids} class="input" name="name" value={draft.value().name} onInput={(event) => draft.change({ name: event.currentTarget.value })} required maxLength={128} autocomplete="name" />}
        </Field>
      </div>
    </DraftForm>
  )
}
