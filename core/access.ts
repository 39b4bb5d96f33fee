// Who may do what: roles, scopes, and one table of every route with what opens it. The gate (ingest/access.ts) reads the table and
// refuses to start with a route that is not in it; a test walks routes, roles, scopes and foreign projects against it.

/** Sentry's scope names. */
export const scopes = [
  'org:read', 'org:write', 'org:admin', 'org:ci', 'member:read', 'member:write', 'member:admin', 'team:read', 'team:write', 'team:admin',
  'project:read', 'project:write', 'project:admin', 'project:releases', 'event:read', 'event:write', 'event:admin',
] as const
export type Scope = (typeof scopes)[number]

/** From the one that may least. */
export const roles = ['viewer', 'member', 'manager', 'owner'] as const
export type Role = (typeof roles)[number]
/** As people read them; Sentry's `roleName`. */
export const roleNames: Record<Role, string> = { owner: 'Owner', manager: 'Manager', member: 'Member', viewer: 'Viewer' }

/**
 * `public` = no viewer needed (login, static files, the SDK side with its own key); `viewer` = anybody signed in; scopes: any one of them;
 * `session` = a person in the app, not a token, and one whose role holds the scope where one is named.
 */
export type Access = 'public' | 'viewer' | 'session' | { session: Scope } | readonly Scope[]

const viewerScopes: readonly Scope[] = ['org:read', 'member:read', 'team:read', 'project:read', 'event:read']
const memberScopes: readonly Scope[] = [...viewerScopes, 'project:releases', 'event:write', 'event:admin']
const managerScopes: readonly Scope[] = [...memberScopes, 'org:write', 'org:ci', 'member:write', 'member:admin', 'team:write', 'team:admin', 'project:write', 'project:admin']
const roleScopes: Record<Role, readonly Scope[]> = { viewer: viewerScopes, member: memberScopes, manager: managerScopes, owner: [...managerScopes, 'org:admin'] }

/** The person behind a request. `scopes` is what the role holds, cut to the token's when a token is used. `projects`: ids of those the person belongs to, or all. */
export type Viewer = {
  userId: number; email: string; name: string; role: Role; via: 'session' | 'token'; actor: string; scopes: ReadonlySet<Scope>; projects: 'all' | ReadonlySet<number>
}

/** What holds a wider scope holds the narrower ones (Sentry's hierarchy). */
function widen(scope: Scope): Scope[] {
  const [thing, right] = scope.split(':') as [string, string]
  const levels = ['read', 'write', 'admin']
  const implied = levels.slice(0, Math.max(levels.indexOf(right), 0)).map((level) => `${thing}:${level}` as Scope)
  return scope === 'project:write' || scope === 'project:admin' ? [scope, ...implied, 'project:releases'] : [scope, ...implied]
}

/** The scopes of a role; for a token, those of both: a token never holds more than its owner. */
export function grantedScopes(role: Role, token?: readonly Scope[]): ReadonlySet<Scope> {
  const held = new Set(roleScopes[role])
  return token ? new Set(token.flatMap(widen).filter((scope) => held.has(scope))) : held
}

export function mayAccess(viewer: Viewer | null, access: Access): boolean {
  if (access === 'public') return true
  if (viewer === null) return false
  if (access === 'viewer') return true
  if (access === 'session') return viewer.via === 'session'
  return 'session' in access ? viewer.via === 'session' && viewer.scopes.has(access.session) : access.some((scope) => viewer.scopes.has(scope))
}

/** Managers and owners belong to every project; `projects`: ids of the others', null = all. */
export function seenProjects(role: Role, projects: readonly number[] | null): Viewer['projects'] {
  return projects === null || role === 'manager' || role === 'owner' ? 'all' : new Set(projects)
}

export function maySee(viewer: Viewer, project: number): boolean {
  return viewer.projects === 'all' || viewer.projects.has(project)
}

/** Ids of the projects that an answer over several of them may tell of; null = all. */
export function visibleIds({ projects }: Viewer): number[] | null {
  return projects === 'all' ? null : [...projects]
}

/** Nobody gives a role above their own, nor changes somebody who has one. A narrow token must not make an account that may more than it: what only managers and owners hold, it must hold itself. */
export function mayGrant(viewer: Viewer, role: Role): boolean {
  const widest = role === 'owner' || role === 'manager' ? roleScopes[role] : []
  return roles.indexOf(role) <= roles.indexOf(viewer.role) && widest.every((scope) => viewer.scopes.has(scope))
}

const orgRead = ['org:read'] as const
const orgWrite = ['org:write'] as const
const memberRead = ['member:read'] as const
const memberWrite = ['member:write'] as const
const teamRead = ['team:read'] as const
const projectRead = ['project:read'] as const
const projectWrite = ['project:write'] as const
const projectAdmin = ['project:admin'] as const
const releases = ['project:releases', 'org:ci'] as const
const releaseRead = ['project:read', 'project:releases', 'org:ci'] as const
const eventRead = ['event:read'] as const
const eventWrite = ['event:write'] as const
const eventAdmin = ['event:admin'] as const

/** Below `/api/0/issues/:issue/` and `/api/0/organizations/:org/issues/:issue/`. */
const onIssue: Record<string, Access> = {
  'GET ': eventRead, 'PUT ': eventWrite, 'DELETE ': eventAdmin,
  'GET events/': eventRead, 'GET events/:event/': eventRead, 'GET events/:event/compare/': eventRead,
  'GET tags/': eventRead, 'GET tags/:key/': eventRead, 'GET tags/:key/values/': eventRead,
  'GET stats/': eventRead, 'GET activities/': eventRead, 'GET user-reports/': eventRead,
  'GET comments/': eventRead, 'POST comments/': eventWrite, 'PUT comments/:comment/': eventWrite, 'DELETE comments/:comment/': eventWrite,
  'GET notes/': eventRead, 'POST notes/': eventWrite, 'PUT notes/:comment/': eventWrite, 'DELETE notes/:comment/': eventWrite,
  'GET hashes/': eventRead, 'DELETE hashes/': eventWrite, 'PUT unmerge/': eventWrite, 'GET compare/': eventRead,
}

/** Below `/api/0/projects/:org/:project/`. */
const onProject: Record<string, Access> = {
  'GET ': projectRead, 'PUT ': projectWrite, 'DELETE ': projectAdmin,
  'GET keys/': projectRead, 'POST keys/': projectWrite, 'GET keys/:key/': projectRead, 'PUT keys/:key/': projectWrite, 'DELETE keys/:key/': projectAdmin, 'POST keys/:key/rotate/': projectWrite,
  'GET environments/': projectRead, 'GET teams/': teamRead, 'GET members/': memberRead, 'GET outcomes/': projectRead, 'GET stats/': projectRead, 'POST create-sample/': eventWrite, 'POST scrubbing/test/': projectWrite,
  'GET issues/': eventRead, 'PUT issues/': eventWrite, 'DELETE issues/': eventAdmin,
  'GET events/': eventRead, 'GET events/:event/': eventRead, 'GET events/:event/json/': eventRead, 'GET events/:event/markdown/': eventRead,
  'GET events/:event/attachments/': eventRead, 'GET events/:event/attachments/:attachment/': eventRead,
  'GET tags/': eventRead, 'GET tags/:key/': eventRead, 'GET tags/:key/values/': eventRead, 'GET user-feedback/': eventRead,
  'GET releases/': releaseRead, 'POST releases/': releases, 'GET releases/:version/': releaseRead, 'PUT releases/:version/': releases, 'DELETE releases/:version/': releases, 'GET releases/:version/commits/': releaseRead,
  'GET grouping/': projectRead, 'GET grouping/revisions/': projectRead, 'POST grouping/revisions/': projectWrite, 'POST grouping/check/': projectRead, 'POST grouping/dry-run/': projectRead,
  'GET generations/': projectRead, 'POST generations/': projectWrite, 'GET generations/:generation/': projectRead, 'PUT generations/:generation/': projectWrite,
  'DELETE generations/:generation/': projectWrite, 'GET generations/:generation/diff/': projectRead, 'POST generations/:generation/apply/': projectWrite, 'POST generations/rollback/': projectWrite,
  'GET files/dsyms/': releaseRead, 'DELETE files/dsyms/': releases, 'POST files/difs/assemble/': releases, 'GET files/artifact-bundles/': releaseRead, 'DELETE files/artifact-bundles/': releases,
}

/** Below `/api/0/organizations/:org/`. */
const onOrganization: Record<string, Access> = {
  'GET ': orgRead, 'PUT ': orgWrite,
  'GET projects/': projectRead, 'GET teams/': teamRead, 'GET users/': memberRead,
  'GET members/': memberRead, 'POST members/': memberWrite, 'GET members/:member/': memberRead, 'PUT members/:member/': memberWrite, 'DELETE members/:member/': memberWrite,
  'DELETE members/me/': 'session',
  'GET org-auth-tokens/': orgWrite, 'POST org-auth-tokens/': { session: 'org:ci' }, 'DELETE org-auth-tokens/:token/': { session: 'org:ci' },
  'GET audit-logs/': orgWrite, 'GET stats_v2/': orgRead, 'GET live/': eventRead,
  'GET issues/': eventRead, 'PUT issues/': eventWrite, 'DELETE issues/': eventAdmin, 'GET issues-count/': eventRead,
  'GET events/': eventRead, 'GET events/:event/': eventRead, 'GET eventids/:event/': eventRead, 'GET shortids/:issue/': eventRead, 'GET tags/': eventRead, 'GET tags/:key/values/': eventRead,
  'GET releases/': releaseRead, 'POST releases/': releases, 'GET releases/:version/': releaseRead, 'PUT releases/:version/': releases, 'DELETE releases/:version/': releases,
  'GET releases/:version/commits/': releaseRead, 'GET releases/:version/previous-with-commits/': releaseRead, 'GET releases/:version/deploys/': releaseRead, 'POST releases/:version/deploys/': releases,
  'GET releases/stats/': releaseRead,
  // Everybody's own, as `users/me/` is.
  'GET group-search-views/': eventRead, 'POST group-search-views/': { session: 'event:read' }, 'PUT group-search-views/starred/order/': { session: 'event:read' },
  'GET group-search-views/:view/': eventRead, 'PUT group-search-views/:view/': { session: 'event:read' }, 'DELETE group-search-views/:view/': { session: 'event:read' },
  'GET repos/': releaseRead, 'GET monitors/': projectRead, 'POST code-mappings/bulk/': releases,
  'GET chunk-upload/': releases, 'POST chunk-upload/': releases, 'POST artifactbundle/assemble/': releases,
}

/** Every route as it is registered, with what opens it. SDK endpoints have a key of their own and are added as `public` (ingest/sdk/routes.ts). */
export const routeAccess: Readonly<Record<string, Access>> = /* @__PURE__ */ listRoutes()

/** A function, so that a bundle that needs only the words of this file leaves the table out. */
function listRoutes(): Record<string, Access> {
  return {
    'GET /*': 'public', 'GET /_health/': 'public', 'GET /health/live': 'public', 'GET /health/ready': 'public', 'GET /metrics': 'public', // its own secret
    'GET /api/0/': 'public', 'GET /api/0/auth/config/': 'public', 'POST /api/0/auth/login/': 'public', 'POST /api/0/auth/owner/': 'public', 'DELETE /api/0/auth/': 'public',
    'GET /api/0/accept-invite/:invitation/:secret/': 'public', 'POST /api/0/accept-invite/:invitation/:secret/': 'public',
    'GET /api/0/openapi.json': 'public', 'GET /api/0/docs/': 'public',
    'GET /api/0/users/me/': 'viewer', 'PUT /api/0/users/me/': 'session', 'PUT /api/0/users/me/password/': 'session',
    'GET /api/0/api-tokens/': 'session', 'POST /api/0/api-tokens/': 'session', 'DELETE /api/0/api-tokens/:id/': 'session',
    'GET /api/0/internal/health/': orgRead,
    'GET /api/0/organizations/': orgRead, 'GET /api/0/projects/': projectRead,
    'POST /api/0/projects/:org/': projectWrite, 'POST /api/0/teams/:org/:team/projects/': projectWrite, 'GET /api/0/teams/:org/:team/': teamRead, 'GET /api/0/teams/:org/:team/projects/': projectRead,
    ...below('/api/0/organizations/:org/', onOrganization),
    ...below('/api/0/projects/:org/:project/', onProject),
    ...below('/api/0/issues/:issue/', onIssue),
    ...below('/api/0/organizations/:org/issues/:issue/', onIssue),
  }
}

function below(prefix: string, table: Record<string, Access>): Record<string, Access> {
  return Object.fromEntries(Object.entries(table).map(([route, access]) => [route.replace(' ', ` ${prefix}`), access]))
}

/** What opens a route; undefined for one that is not in the table. HEAD goes with GET. */
export function accessOf(method: string, url: string): Access | undefined {
  return Object.hasOwn(routeAccess, `${method} ${url}`) ? routeAccess[`${method} ${url}`] : method === 'HEAD' ? accessOf('GET', url) : undefined
}
