// Inviting somebody and changing somebody. The link of an invitation is shown once, to be passed on; no mail is sent.

import { createSignal, type JSX, Show } from 'solid-js'
import type { Member } from '../../../core/contract/member.ts'
import { ApiFailure, request } from '../../data/api.ts'
import { orgPath } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { CopyButton } from '../../parts/basic/CopyButton.tsx'
import { Dialog } from '../../parts/basic/Dialog.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { FormError } from '../../parts/basic/FormError.tsx'
import { MemberFields, readMemberFields } from './MemberFields.tsx'

type Common = { onClose: () => void; onDone: (member: Member) => void }

export function InviteMember(props: Common & { open: boolean }): JSX.Element {
  return (
    <Dialog open={props.open} onClose={props.onClose} title="Invite a member" wide>
      <MemberForm action="Create link" onClose={props.onClose} onDone={props.onDone} send={(form) => request<Member>('POST', orgPath('members/'), { body: { email: form.get('email'), ...readMemberFields(form) } })} />
    </Dialog>
  )
}

export function ChangeMember(props: Common & { member: Member | null }): JSX.Element {
  return (
    <Dialog open={props.member !== null} onClose={props.onClose} title={`Change ${props.member?.name ?? ''}`} wide>
      <MemberForm of={props.member ?? undefined} action="Save" onClose={props.onClose} onDone={props.onDone} send={(form) => request<Member>('PUT', orgPath(`members/${props.member?.id}/`), { body: readMemberFields(form) })} />
    </Dialog>
  )
}

/** `member` has just been invited, and holds the link. */
export function InviteLink(props: { member: Member | null; onClose: () => void }): JSX.Element {
  return (
    <Dialog open={props.member !== null} onClose={props.onClose} title={`Link for ${props.member?.email ?? ''}`} description="Pass it on: it works once, within a week, and is not shown again." wide>
      <div class="mt-3 grid gap-3" role="status">
        <code class="border border-rule bg-code-bg px-2 py-1 break-all select-all" data-invite>
          {props.member?.refold.inviteUrl}
        </code>
        <div class="flex gap-2">
          <CopyButton text={props.member?.refold.inviteUrl ?? ''} label="Copy link" />
          <Button onClick={() => props.onClose()}>Done</Button>
        </div>
      </div>
    </Dialog>
  )
}

function MemberForm(props: Common & { of?: Member | undefined; action: string; send: (form: FormData) => Promise<{ body: Member }> }): JSX.Element {
  const [failure, setFailure] = createSignal<ApiFailure>()
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    setFailure(undefined)
    try {
      const { body } = await props.send(new FormData(event.currentTarget))
      props.onClose()
      props.onDone(body)
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setFailure(error)
    }
  }
  return (
    <form class="mt-3 grid gap-4" onSubmit={(event) => void submit(event)}>
      <Show when={props.of === undefined}>
        <Field label="Email" hint="The account will have this address." error={failure()?.fields.email?.[0]}>
          {(ids) => <input {...ids} class="input" type="email" name="email" required maxLength={320} autocomplete="off" autofocus />}
        </Field>
      </Show>
      <MemberFields of={props.of} error={failure()?.fields.projects?.[0]} />
      <FormError failure={failure()} />
      <div class="flex gap-2">
        <Button kind="primary" type="submit">
          {props.action}
        </Button>
        <Button onClick={() => props.onClose()}>Cancel</Button>
      </div>
    </form>
  )
}
