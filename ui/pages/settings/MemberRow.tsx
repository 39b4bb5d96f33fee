// One line of the members: a person, or an invitation that nobody has accepted yet.

import { type JSX, Show } from 'solid-js'
import type { Member } from '../../../core/contract/member.ts'
import { may } from '../../data/session.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { Button } from '../../parts/basic/Button.tsx'
import { givenRoles } from './roleWords.ts'

type Props = { member: Member; isMe: boolean; onChange: () => void; onRenew: () => void; onRemove: () => void }

export function MemberRow(props: Props): JSX.Element {
  const mayChange = (): boolean => may('member:write') && givenRoles().includes(props.member.role)
  const state = (): string | null => (props.isMe ? 'you' : props.member.expired ? 'link expired' : props.member.pending ? 'invited' : null)
  return (
    <tr data-member={props.member.email}>
      <td class="py-1.5! pl-4 wrap-anywhere">
        <strong>{props.member.name}</strong> <Show when={state()}>{(text) => <span class="tag">{text()}</span>}</Show>
        <Show when={props.member.name !== props.member.email}>
          <span class="meta block">{props.member.email}</span>
        </Show>
      </td>
      <td class="whitespace-nowrap">{props.member.roleName}</td>
      <td class="max-md:hidden text-ink-2">{props.member.refold.projects === 'all' ? 'all' : props.member.projects.join(', ') || 'none'}</td>
      <td class="num max-md:hidden">
        <Show when={props.member.user?.lastActive} fallback={props.member.pending ? '' : 'never'}>
          {(time) => <Ago time={time()} words />}
        </Show>
      </td>
      <td class="py-1! pr-4 text-right md:whitespace-nowrap">
        <Show when={mayChange() && props.member.pending}>
          <Button class="ml-2 max-md:my-0.5" aria-label={`New link for ${props.member.email}`} onClick={() => props.onRenew()}>
            New link
          </Button>
        </Show>
        <Show when={mayChange() && !props.member.pending}>
          <Button class="ml-2 max-md:my-0.5" aria-label={`Change ${props.member.name}`} onClick={() => props.onChange()}>
            Change
          </Button>
        </Show>
        <Show when={mayChange() || props.isMe}>
          <Button kind="danger" class="ml-2 max-md:my-0.5" aria-label={props.isMe ? 'Leave' : `Remove ${props.member.name}`} onClick={() => props.onRemove()}>
            {props.isMe ? 'Leave' : 'Remove'}
          </Button>
        </Show>
      </td>
    </tr>
  )
}
