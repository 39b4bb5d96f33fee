// Tokens in a table: never their value, which nobody has any more.

import { For, type JSX, Show } from 'solid-js'
import type { OrganizationToken, Token } from '../../../core/contract/account.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { Button } from '../../parts/basic/Button.tsx'
import { formatDay } from '../../parts/basic/format.ts'
import { scopeText } from './scopeWords.ts'

type Props = { tokens: readonly (Token | OrganizationToken)[]; label: string; onRevoke: (token: Token) => void }

export function TokenTable(props: Props): JSX.Element {
  return (
    <table class="table" aria-label={props.label}>
      <thead>
        <tr>
          <th scope="col" class="pl-4">Name</th>
          <th scope="col">May</th>
          <th scope="col" class="num max-md:hidden">Created</th>
          <th scope="col" class="num max-md:hidden">Last used</th>
          <th scope="col" class="num max-md:hidden">Expires</th>
          <th scope="col"><span class="sr-only">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        <For each={props.tokens}>{(token) => <Row token={token} onRevoke={() => props.onRevoke(token)} />}</For>
      </tbody>
    </table>
  )
}

function Row(props: { token: Token | OrganizationToken; onRevoke: () => void }): JSX.Element {
  return (
    <tr>
      <td class="py-1.5! pl-4">
        <strong>{props.token.name}</strong>
        <code class="meta block">…{props.token.tokenLastCharacters}</code>
      </td>
      <td class="py-1.5! text-ink-2">
        <For each={props.token.scopes}>{(scope) => <span class="block">{scopeText(scope)}</span>}</For>
      </td>
      <td class="num max-md:hidden">
        <Ago time={props.token.dateCreated} />
        <Show when={'createdBy' in props.token && props.token.createdBy}>{(name) => <span class="meta block">by {name()}</span>}</Show>
      </td>
      <td class="num max-md:hidden">
        <Show when={props.token.dateLastUsed} fallback="never">
          {(time) => <Ago time={time()} />}
        </Show>
      </td>
      <td class="num max-md:hidden">
        <Show when={props.token.expiresAt} fallback="never">
          {(time) => <span classList={{ 'text-tx-warning': Date.parse(time()) <= Date.now() }}>{formatDay(time())}{Date.parse(time()) <= Date.now() ? ', expired' : ''}</span>}
        </Show>
      </td>
      <td class="pr-4 text-right">
        <Button kind="danger" aria-label={`Revoke ${props.token.name}`} onClick={() => props.onRevoke()}>
          Revoke
        </Button>
      </td>
    </tr>
  )
}
