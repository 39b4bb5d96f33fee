// The way in: sign in, or create the owner when nobody exists yet (L-01 to L-03).

import { useSearchParams } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { type JSX, Show } from 'solid-js'
import type { AuthConfig } from '../../../core/contract/account.ts'
import { ownPath, read } from '../../data/api.ts'
import { Region } from '../../parts/basic/Region.tsx'
import { usePageTitle } from '../../parts/shell/page.ts'
import { OwnerForm } from './OwnerForm.tsx'
import { SignInForm } from './SignInForm.tsx'

export function LoginPage(): JSX.Element {
  const [params] = useSearchParams<{ next?: string }>()
  const config = useQuery(() => ({ queryKey: ['auth', 'config'], queryFn: () => read<AuthConfig>('auth/config/') }))
  const needsOwner = (): boolean => !config.isPending && config.data?.refold.needsOwner === true
  usePageTitle(() => (needsOwner() ? 'Create the owner' : 'Sign in'))
  // A full load: the app starts anew as the person who has signed in.
  const enter = (): void => location.assign(ownPath(params.next))
  return (
    <main class="mx-auto w-full max-w-88 px-4 pt-[12vh] pb-8">
      <p class="mark mb-6">Refold</p>
      <Region query={config}>
        <Show when={needsOwner()} fallback={<SignInForm onDone={enter} />}>
          <OwnerForm onDone={enter} />
        </Show>
      </Region>
    </main>
  )
}
