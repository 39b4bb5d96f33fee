// Who may do what. Every route names one scope (`config: { access: … }`); the hook in ingest/server.ts refuses what
// the viewer does not hold, and a test walks all routes and fails on one that names none.

/** Sentry's scope names, as far as Refold has the thing. */
export const scopes = ['org:read', 'org:write', 'project:read', 'project:write', 'event:read', 'event:write', 'member:read', 'member:admin'] as const
export type Scope = (typeof scopes)[number]

/** `public` = no viewer needed (login, static files, the SDK side with its own key); `viewer` = anybody signed in. */
export type Access = 'public' | 'viewer' | Scope

export type Role = 'owner' | 'member'

const roleScopes: Record<Role, readonly Scope[]> = {
  owner: scopes,
  member: ['org:read', 'org:write', 'project:read', 'event:read', 'event:write', 'member:read'],
}

/** The person behind a request. `scopes` is what the role holds, cut to the token's when a token is used. */
export type Viewer = { userId: number; email: string; name: string; role: Role; via: 'session' | 'token'; actor: string; scopes: ReadonlySet<Scope> }

/** The scopes of a role; for a token, those of both: a token never holds more than its owner. */
export function grantedScopes(role: Role, token?: readonly Scope[]): ReadonlySet<Scope> {
  return new Set(token ? roleScopes[role].filter((scope) => token.includes(scope)) : roleScopes[role])
}

export function mayAccess(viewer: Viewer | null, access: Access): boolean {
  if (access === 'public') return true
  if (viewer === null) return false
  return access === 'viewer' || viewer.scopes.has(access)
}
