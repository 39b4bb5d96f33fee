// The other end of an invitation's link: who is invited chooses a name and a password, and is in (M-01).

import { useParams } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createSignal, type JSX, Show } from 'solid-js'
import type { Acceptance, Invitation } from '../../../core/contract/member.ts'
import { ApiFailure, read, request } from '../../data/api.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { FormError } from '../../parts/basic/FormError.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { usePageTitle } from '../../parts/shell/page.ts'
import { PasswordInput } from './PasswordInput.tsx'

export function AcceptPage(): JSX.Element {
  usePageTitle(() => 'Invitation')
  const params = useParams<{ invitation: string; secret: string }>()
  const path = (): string => `accept-invite/${encodeURIComponent(params.invitation)}/${encodeURIComponent(params.secret)}/`
  const invitation = useQuery(() => ({ queryKey: ['invitation', path()], queryFn: () => read<Invitation>(path()) }))
  const gone = (): ApiFailure | null => (invitation.error instanceof ApiFailure && [404, 409, 410].includes(invitation.error.status) ? invitation.error : null)
  return (
    <main class="mx-auto w-full max-w-88 px-4 pt-[12vh] pb-8">
      <p class="mark mb-6">Refold</p>
      <Show when={gone()} fallback={<Region query={invitation}><Show when={invitation.data}>{(one) => <Form path={path()} invitation={one()} />}</Show></Region>}>
        {(failure) => <Gone failure={failure()} />}
      </Show>
    </main>
  )
}

function Gone(props: { failure: ApiFailure }): JSX.Element {
  return (
    <div class="grid justify-items-start gap-4" role="alert">
      <h1 class="text-xl">This link does not work</h1>
      <p class="text-ink-2">{props.failure.status === 404 ? 'It is not complete, or the invitation was taken back. Ask for a new one.' : props.failure.message}</p>
      <a class="btn" href="/login">
        Sign in
      </a>
    </div>
  )
}

function Form(props: { path: string; invitation: Invitation }): JSX.Element {
  const [failure, setFailure] = createSignal<ApiFailure>()
  const [busy, setBusy] = createSignal(false)

  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const name = String(form.get('name')).trim()
    const body: Acceptance = { password: String(form.get('password')), ...(name !== '' && { name }) }
    setBusy(true)
    setFailure(undefined)
    try {
      await request('POST', props.path, { body })
      // A full load: the app starts anew as the person who is here now.
      location.assign('/')
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form class="grid gap-4" onSubmit={(event) => void submit(event)}>
      <h1 class="text-xl">Join {props.invitation.orgName}</h1>
      <p class="text-ink-2">
        <Show when={props.invitation.inviterName} fallback="You are invited">
          {(name) => `${name()} invites you`}
        </Show>{' '}
        as {props.invitation.roleName.toLowerCase()}.
      </p>
      <Field label="Email">{(ids) => <input {...ids} class="input" type="email" name="email" autocomplete="username" value={props.invitation.email} readOnly />}</Field>
      <Field label="Name" hint="Optional. Shown beside what you do." error={failure()?.fields.name?.[0]}>
        {(ids) => <input {...ids} class="input" name="name" autocomplete="name" maxLength={128} autofocus />}
      </Field>
      <Field label="Password" hint="At least 8 characters." error={failure()?.fields.password?.[0]}>
        {(ids) => <PasswordInput ids={ids} autocomplete="new-password" />}
      </Field>
      <FormError failure={failure()} />
      <Button kind="primary" type="submit" disabled={busy()}>
        Join
      </Button>
    </form>
  )
}
