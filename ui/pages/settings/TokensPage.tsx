// Tokens: one's own, and those of the organization for builds. Listed by their last characters, made, shown once, revoked (T-01).

import { useQuery } from '@tanstack/solid-query'
import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import type { OrganizationToken, Token } from '../../../core/contract/account.ts'
import { read, request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { may, org, orgPath } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Confirm } from '../../parts/basic/Confirm.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { NewToken } from './NewToken.tsx'
import { SettingsFrame } from './SettingsFrame.tsx'
import { TokenTable } from './TokenTable.tsx'

export function TokensPage(): JSX.Element {
  return (
    <SettingsFrame title="API tokens">
      <TokenList
        path={() => 'api-tokens/'}
        title="Yours"
        text={<>For scripts and sentry-cli, in the header <code>Authorization: Bearer TOKEN</code>. A token acts as you, within its scopes.</>}
        kind="personal"
      />
      <Show when={may('org:ci')} fallback={<p class="section text-ink-2">Tokens for builds are made by managers and owners.</p>}>
        <TokenList
          path={() => orgPath('org-auth-tokens/')}
          title="For builds"
          text={<>For sentry-cli on a build server: it may make releases and upload source maps, and names this server, so that <code>SENTRY_AUTH_TOKEN</code> is the only setting. It ends with the membership of who made it.</>}
          kind="build"
        />
      </Show>
    </SettingsFrame>
  )
}

function TokenList(props: { path: () => string; title: string; text: JSX.Element; kind: 'personal' | 'build' }): JSX.Element {
  const tokens = useQuery(() => ({ queryKey: ['tokens', props.kind], queryFn: () => read<(Token | OrganizationToken)[]>(props.path()), enabled: org() !== null }))
  const all = createMemo(() => (tokens.isPending ? [] : (tokens.data ?? [])))
  const [creating, setCreating] = createSignal(false)
  const [revoking, setRevoking] = createSignal<Token | null>(null)
  const reload = (): void => void client.invalidateQueries({ queryKey: ['tokens', props.kind] })
  const revoke = async (): Promise<void> => {
    await request('DELETE', `${props.path()}${revoking()?.id}/`)
    reload()
  }
  return (
    <section aria-label={`${props.title}: tokens`}>
      <div class="section">
        <div class="flex flex-wrap items-center justify-between gap-3">
          <h2>{props.title}</h2>
          <Button kind={props.kind === 'personal' ? 'primary' : 'plain'} onClick={() => setCreating(true)}>
            {props.kind === 'personal' ? 'New token' : 'New build token'}
          </Button>
        </div>
        <p class="mt-1 max-w-[72ch] text-ink-2">{props.text}</p>
      </div>
      <Region query={tokens} isEmpty={all().length === 0} empty={<p class="section text-ink-2">No token yet.</p>} skeleton={<div class="h-32" />}>
        <TokenTable tokens={all()} label={props.kind === 'personal' ? 'API tokens' : 'Tokens for builds'} onRevoke={setRevoking} />
      </Region>
      <NewToken kind={props.kind} path={props.path()} open={creating()} onClose={() => setCreating(false)} onCreated={reload} />
      <Confirm
        open={revoking() !== null}
        title={`Revoke ${revoking()?.name ?? ''}?`}
        text="Whatever uses it stops working at once. This cannot be undone."
        action="Revoke token"
        run={revoke}
        onClose={() => setRevoking(null)}
      />
    </section>
  )
}
