// Who is signed in, in which organization, looking at which project: signals that every page reads.

import { createSignal } from 'solid-js'
import type { Scope } from '../../core/access.ts'
import type { Account, ServerInfo } from '../../core/contract/account.ts'
import type { Organization } from '../../core/contract/project.ts'
import { leaveForLogin, read, request } from './api.ts'
import { forgetRecent } from './recent.ts'
import { readStored, writeStored } from './storage.ts'

const [user, setUser] = createSignal<Account | null>(null)
const [scopes, setScopes] = createSignal<readonly string[]>([])
// Remembered, so that the first list request need not wait for the organizations'.
const [org, setOrg] = createSignal(readStored('refold.org'))
const [project, setProjectSignal] = createSignal(readStored('refold.project'))

export { org, project, setUser, user }

/** Whether the server would let us: what may not be done is not offered. False until we know. */
export const may = (scope: Scope): boolean => scopes().includes(scope)

/** The project that the rail leads to; its slug. Pages call it when they know theirs. */
export function setProject(slug: string | null): void {
  if (slug === project()) return
  setProjectSignal(slug)
  writeStored('refold.project', slug)
}

/** Where `/` leads: the last project's stream (G-01). */
export const homePath = (): string => (project() ? `/p/${project()}/issues` : '/projects')

/** Asks the server who we are; leads to the login when nobody. */
export async function loadSession(): Promise<void> {
  const [info, organizations] = await Promise.all([read<ServerInfo>(''), read<Organization[]>('organizations/')])
  if (info.user === null) return leaveForLogin()
  const slug = organizations[0]?.slug ?? null
  setScopes(info.auth?.scopes ?? [])
  setUser(info.user)
  setOrg(slug)
  writeStored('refold.org', slug)
}

export async function signOut(): Promise<void> {
  forgetRecent()
  await request('DELETE', 'auth/')
  location.assign('/login')
}

/** `projects/{org}/{project}/` and what stands below it. */
export const projectPath = (slug: string, rest = ''): string => `projects/${org()}/${encodeURIComponent(slug)}/${rest}`

/** `organizations/{org}/` and what stands below it. */
export const orgPath = (rest = ''): string => `organizations/${org()}/${rest}`
