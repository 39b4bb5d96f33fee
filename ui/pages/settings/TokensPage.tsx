// API tokens of the person: listed by their last characters, made, shown once, revoked (T-01).

import { useQuery } from '@tanstack/solid-query'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import type { Token } from '../../../core/contract/account.ts'
import { read, request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { Button } from '../../parts/basic/Button.tsx'
import { Confirm } from '../../parts/basic/Confirm.tsx'
import { formatDay } from '../../parts/basic/format.ts'
import { Region } from '../../parts/basic/Region.tsx'
import { NewToken } from './NewToken.tsx'
import { scopeText } from './scopeWords.ts'
import { SettingsFrame } from './SettingsFrame.tsx'

export function TokensPage(): JSX.Element {
  const tokens = useQuery(() => ({ queryKey: ['tokens'], queryFn: () => read<Token[]>('api-tokens/') }))
  const all = createMemo(() => (tokens.isPending ? [] : (tokens.data ?? [])))
  const [creating, setCreating] = createSignal(false)
  const [revoking, setRevoking] = createSignal<Token | null>(null)
  const reload = (): void => void client.invalidateQueries({ queryKey: ['tokens'] })
  const revoke = async (): Promise<void> => {
    await request('DELETE', `api-tokens/${revoking()?.id}/`)
    reload()
  }
  return (
    <SettingsFrame title="API tokens">
      <div class="section flex flex-wrap items-center justify-between gap-3">
        <p class="max-w-[72ch] text-ink-2">
          For scripts and sentry-cli, in the header <code>Authorization: Bearer TOKEN</code>. A token acts as you, within its scopes.
        </p>
        <Button kind="primary" onClick={() => setCreating(true)}>
          New token
        </Button>
      </div>
      <Region query={tokens} isEmpty={all().length === 0} empty={<p class="empty">No token yet.</p>} skeleton={<div class="h-32" />}>
        <table class="table" aria-label="API tokens">
          <thead>
            <tr>
              <th scope="col" class="pl-4">
                Name
              </th>
              <th scope="col">May</th>
              <th scope="col" class="num max-md:hidden">
                Created
              </th>
              <th scope="col" class="num max-md:hidden">
                Last used
              </th>
              <th scope="col" class="num max-md:hidden">
                Expires
              </th>
              <th scope="col">
                <span class="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={all()}>{(token) => <Row token={token} onRevoke={() => setRevoking(token)} />}</For>
          </tbody>
        </table>
      </Region>
      <NewToken open={creating()} onClose={() => setCreating(false)} onCreated={reload} />
      <Confirm
        open={revoking() !== null}
        title={`Revoke ${revoking()?.name ?? ''}?`}
        text="Whatever uses it stops working at once. This cannot be undone."
        action="Revoke token"
        run={revoke}
        onClose={() => setRevoking(null)}
      />
    </SettingsFrame>
  )
}

function Row(props: { token: Token; onRevoke: () => void }): JSX.Element {
  return (
    <tr>
      <td class="pl-4">
        <strong>{props.token.name}</strong>
        <code class="meta block">…{props.token.tokenLastCharacters}</code>
      </td>
      <td class="py-1.5! text-ink-2">
        <For each={props.token.scopes}>{(scope) => <span class="block">{scopeText(scope)}</span>}</For>
      </td>
      <td class="num max-md:hidden">
        <Ago time={props.token.dateCreated} />
      </td>
      <td class="num max-md:hidden">
        <Show when={props.token.dateLastUsed} fallback="never">
          {(time) => <Ago time={time()} />}
        </Show>
      </td>
      <td class="num max-md:hidden">
        <Show when={props.token.expiresAt} fallback="never">
          {(time) => <span classList={{ 'text-tx-warning': Date.parse(time()) <= Date.now() }}>{formatDay(time())}</span>}
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
