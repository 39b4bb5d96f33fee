// Who is here and who is invited: roles, projects, when they were last here (M-01, M-02). What one may not do is not offered.

import { useQuery } from '@tanstack/solid-query'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import type { Member } from '../../../core/contract/member.ts'
import { read, request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { sayFailure } from '../../data/failure.ts'
import { may, org, orgPath, user } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Confirm } from '../../parts/basic/Confirm.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { showToast } from '../../parts/basic/Toast.tsx'
import { ChangeMember, InviteLink, InviteMember } from './MemberDialogs.tsx'
import { MemberRow } from './MemberRow.tsx'
import { SettingsFrame } from './SettingsFrame.tsx'

export function MembersPage(): JSX.Element {
  const members = useQuery(() => ({ queryKey: ['members'], queryFn: () => read<Member[]>(orgPath('members/')), enabled: org() !== null }))
  const all = createMemo(() => (members.isPending ? [] : (members.data ?? [])))
  const [inviting, setInviting] = createSignal(false)
  const [invited, setInvited] = createSignal<Member | null>(null)
  const [changing, setChanging] = createSignal<Member | null>(null)
  const [removing, setRemoving] = createSignal<Member | null>(null)
  const isMe = (member: Member | null): boolean => member !== null && member.id === user()?.id
  const reload = (): void => void client.invalidateQueries({ queryKey: ['members'] })

  const renew = async (member: Member): Promise<void> => {
    try {
      setInvited((await request<Member>('PUT', orgPath(`members/${member.id}/`), { body: { reinvite: true } })).body)
      reload()
    } catch (error) {
      showToast({ kind: 'error', text: `No new link was made. ${sayFailure(error)}` })
    }
  }
  const remove = async (): Promise<void> => {
    const member = removing()
    await request('DELETE', orgPath(`members/${isMe(member) ? 'me' : member?.id}/`))
    if (isMe(member)) location.assign('/login')
    else reload()
  }
  const question = (): { title: string; text: string; action: string } => {
    const member = removing()
    if (isMe(member)) return { title: 'Leave?', text: 'Your sessions and tokens end. What you did stays.', action: 'Leave' }
    if (member?.pending) return { title: `Take back the invitation of ${member.email}?`, text: 'The link stops working at once.', action: 'Take back' }
    return { title: `Remove ${member?.name ?? ''}?`, text: 'Their sessions and tokens end at once. What they did stays.', action: 'Remove' }
  }

  return (
    <SettingsFrame title="Members">
      <div class="section flex flex-wrap items-center justify-between gap-3">
        <p class="max-w-[72ch] text-ink-2">An invitation is a link that you pass on; no mail is sent.</p>
        <Show when={may('member:write')}>
          <Button kind="primary" onClick={() => setInviting(true)}>
            Invite
          </Button>
        </Show>
      </div>
      <Region query={members} skeleton={<div class="h-32" />}>
        <table class="table" aria-label="Members">
          <thead>
            <tr>
              <th scope="col" class="pl-4">
                Name
              </th>
              <th scope="col">Role</th>
              <th scope="col" class="max-md:hidden">
                Projects
              </th>
              <th scope="col" class="num max-md:hidden">
                Last seen
              </th>
              <th scope="col">
                <span class="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={all()}>{(member) => <MemberRow member={member} isMe={isMe(member)} onChange={() => setChanging(member)} onRenew={() => void renew(member)} onRemove={() => setRemoving(member)} />}</For>
          </tbody>
        </table>
      </Region>
      <InviteMember
        open={inviting()}
        onClose={() => setInviting(false)}
        onDone={(member) => {
          setInvited(member)
          reload()
        }}
      />
      <InviteLink member={invited()} onClose={() => setInvited(null)} />
      <ChangeMember member={changing()} onClose={() => setChanging(null)} onDone={reload} />
      <Confirm open={removing() !== null} {...question()} run={remove} onClose={() => setRemoving(null)} />
    </SettingsFrame>
  )
}
