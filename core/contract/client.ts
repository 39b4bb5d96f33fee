// The typed client of the web API: used by the CLI and by scripts; the app may use it too, so it imports types only.

import type { Account, AuthConfig, Login, NewToken, ServerInfo, Token } from './account.ts'
import type { Event, EventRow } from './event.ts'
import type { Diff, Generation, GroupingState, IssueHash, NewGeneration, Revision, RulesText } from './grouping.ts'
import type { Attachment, OutcomeStats, OutcomeStatsQuery, UserFeedback } from './intake.ts'
import type { ActivityItem, Issue, IssueDetail, IssueUpdate, TagFacet } from './issue.ts'
import type { FoundEvent } from './lookup.ts'
import type { ChangedMember, Member, NewMember } from './member.ts'
import type { RateLimit } from '../project/decide.ts'
import type { SettingsChange } from '../project/settings.ts'
import type { ChangedOrganization, NewProject, Organization, Outcome, Project, ProjectKey } from './project.ts'

/** `detail` is the server's sentence; `fields` what is wrong with which field of a form; `more` what stands beside the sentence: `code`, `problems` of rules, `conflicts`. */
export class RequestError extends Error {
  readonly status: number
  readonly fields: Record<string, string[]> | undefined
  readonly requestId: string | null
  readonly more: Record<string, unknown>
  constructor(status: number, detail: string, fields: Record<string, string[]> | undefined, requestId: string | null, more: Record<string, unknown> = {}) {
    super(detail)
    this.status = status
    this.fields = fields
    this.requestId = requestId
    this.more = more
  }
}
/** 400: the request is at fault. */
export class InvalidRequestError extends RequestError {}
/** 401: sign in, or another token. */
export class UnauthenticatedError extends RequestError {}
/** 403. */
export class ForbiddenError extends RequestError {}
/** 404. */
export class MissingError extends RequestError {}
/** 409: changed by someone else, or taken. */
export class ConflictError extends RequestError {}
/** 429 and 503: try again after `retryAfter` seconds. */
export class TryAgainError extends RequestError {
  readonly retryAfter: number
  constructor(status: number, detail: string, requestId: string | null, retryAfter: number) {
    super(status, detail, undefined, requestId)
    this.retryAfter = retryAfter
  }
}

/** `position`: on a read the log position the answer reflects, on a write that of its facts. */
export type Answer<T> = { data: T; position: number; build: string | null }
/** A list with the cursors of its neighbours; undefined at the ends. `hits` is bounded at 1,000. */
export type Page<T> = Answer<T[]> & { previous: string | undefined; next: string | undefined; hits: number | undefined }

export type IssueQuery = { query?: string; sort?: 'date' | 'new' | 'freq' | 'user'; cursor?: string; limit?: number }
type Query = Record<string, string | number | readonly string[] | undefined>
type SendOptions = { query?: Query; body?: unknown; commandId?: string | undefined }

/** `organization` is the installation's slug. `fetch` defaults to the global one. Rejects with a RequestError, or with what fetch rejects. */
export function createClient(options: { baseUrl: string; organization: string; token?: string; fetch?: typeof fetch }) {
  const doFetch = options.fetch ?? fetch

  async function call(method: string, path: string, { query = {}, body, commandId }: SendOptions = {}): Promise<Response> {
    const url = new URL(`/api/0/${path}`, options.baseUrl)
    for (const [name, value] of Object.entries(query)) for (const one of [value ?? []].flat()) url.searchParams.append(name, String(one))
    const headers = new Headers({ accept: 'application/json' })
    if (options.token !== undefined) headers.set('authorization', `Bearer ${options.token}`)
    if (commandId !== undefined) headers.set('idempotency-key', commandId)
    if (body !== undefined) headers.set('content-type', 'application/json')
    const response = await doFetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
    if (!response.ok) throw await readError(response)
    return response
  }
  async function send<T>(method: string, path: string, rest?: SendOptions): Promise<Answer<T>> {
    return readAnswer<T>(await call(method, path, rest))
  }
  async function list<T>(path: string, query: Query): Promise<Page<T>> {
    const response = await call('GET', path, { query })
    const hits = response.headers.get('x-hits')
    return { ...(await readAnswer<T[]>(response)), ...readLink(response.headers.get('link')), hits: hits === null ? undefined : Number(hits) }
  }

  async function sendPage<T>(path: string, query: Query): Promise<Answer<T> & { next: string | undefined }> {
    const response = await call('GET', path, { query })
    return { ...(await readAnswer<T>(response)), next: readLink(response.headers.get('link')).next }
  }

  const org = `organizations/${encodeURIComponent(options.organization)}`
  const project = (slug: string): string => `projects/${encodeURIComponent(options.organization)}/${encodeURIComponent(slug)}`
  const issue = (id: string): string => `issues/${encodeURIComponent(id)}`

  return {
    serverInfo: () => send<ServerInfo>('GET', ''),
    authConfig: () => send<AuthConfig>('GET', 'auth/config/'),
    signIn: (body: Login) => send<{ nextUri: string; user: Account }>('POST', 'auth/login/', { body }),
    signOut: () => send<undefined>('DELETE', 'auth/'),
    me: () => send<Account>('GET', 'users/me/'),
    tokens: () => send<Token[]>('GET', 'api-tokens/'),
    createToken: (body: NewToken) => send<Token>('POST', 'api-tokens/', { body }),
    deleteToken: (id: string) => send<undefined>('DELETE', `api-tokens/${encodeURIComponent(id)}/`),
    organizations: () => send<Organization[]>('GET', 'organizations/'),
    projects: () => send<Project[]>('GET', `${org}/projects/`),
    project: (slug: string) => send<Project>('GET', `${project(slug)}/`),
    createProject: (body: NewProject, commandId?: string) => send<Project>('POST', `projects/${encodeURIComponent(options.organization)}/`, { body, commandId }),
    updateProject: (slug: string, body: SettingsChange & { name?: string; slug?: string; platform?: string | null }) => send<Partial<Project>>('PUT', `${project(slug)}/`, { body }),
    updateOrganization: (body: ChangedOrganization) => send<Partial<Organization>>('PUT', `${org}/`, { body }),
    updateKey: (slug: string, key: string, body: { name?: string; isActive?: boolean; rateLimit?: RateLimit | null }) =>
      send<ProjectKey>('PUT', `${project(slug)}/keys/${encodeURIComponent(key)}/`, { body }),
    keys: (slug: string) => send<ProjectKey[]>('GET', `${project(slug)}/keys/`),
    createKey: (slug: string, body: { name?: string }) => send<ProjectKey>('POST', `${project(slug)}/keys/`, { body }),
    outcomes: (slug: string) => send<Outcome[]>('GET', `${project(slug)}/outcomes/`),
    stats: (query: OutcomeStatsQuery = {}) => send<OutcomeStats>('GET', `${org}/stats_v2/`, { query }),
    attachments: (slug: string, event: string) => send<Attachment[]>('GET', `${project(slug)}/events/${encodeURIComponent(event)}/attachments/`),
    userFeedback: (slug: string, query: { cursor?: string; limit?: number } = {}) => list<UserFeedback>(`${project(slug)}/user-feedback/`, query),
    userReports: (id: string) => send<UserFeedback[]>('GET', `${issue(id)}/user-reports/`),
    issues: (slug: string, query: IssueQuery = {}) => list<Issue>(`${project(slug)}/issues/`, query),
    issueCounts: (queries: readonly string[], slugs: readonly string[] = []) => send<Record<string, number>>('GET', `${org}/issues-count/`, { query: { query: queries, project: slugs } }),
    issue: (id: string, after?: number) => send<IssueDetail>('GET', `${issue(id)}/`, { query: { after } }),
    updateIssue: (id: string, body: IssueUpdate, commandId?: string) => send<Partial<Issue>>('PUT', `${issue(id)}/`, { body, commandId }),
    updateIssues: (slug: string, ids: readonly string[], body: IssueUpdate) =>
      send<Partial<Issue> & { refold: { changed: string[] } }>('PUT', `${project(slug)}/issues/`, { query: { id: ids }, body }),
    /** More ids than an address can hold. `parent` is the smallest. */
    mergeIssues: (slug: string, ids: readonly string[], commandId?: string) =>
      send<{ merge: { parent: string; children: string[] } }>('PUT', `${project(slug)}/issues/`, { body: { merge: 1, ids }, commandId }),
    /** Each side of keys leaves. */
    unmergeIssue: (id: string, sides: readonly (readonly string[])[], commandId?: string) =>
      send<{ issue: string; sides: string[][]; rest: string[] }>('PUT', `${issue(id)}/unmerge/`, { body: { sides }, commandId }),
    hashes: (id: string) => send<IssueHash[]>('GET', `${issue(id)}/hashes/`),
    grouping: (slug: string, after?: number) => send<GroupingState>('GET', `${project(slug)}/grouping/`, { query: { after } }),
    saveRules: (slug: string, body: Pick<RulesText, 'rules'> & Partial<RulesText>, commandId?: string) => send<Revision>('POST', `${project(slug)}/grouping/revisions/`, { body, commandId }),
    generation: (slug: string, id: string, after?: number) => send<Generation>('GET', `${project(slug)}/generations/${encodeURIComponent(id)}/`, { query: { after } }),
    /** What there is already is answered instead of built twice. */
    createGeneration: (slug: string, body: NewGeneration = {}, commandId?: string) => send<Generation>('POST', `${project(slug)}/generations/`, { body, commandId }),
    updateGeneration: (slug: string, id: string, body: { paused: boolean }) => send<Generation>('PUT', `${project(slug)}/generations/${encodeURIComponent(id)}/`, { body }),
    discardGeneration: (slug: string, id: string) => send<{ generation: string; position: number }>('DELETE', `${project(slug)}/generations/${encodeURIComponent(id)}/`),
    diff: (slug: string, id: string, query: { cursor?: string; limit?: number; all?: 1 } = {}) => sendPage<Diff>(`${project(slug)}/generations/${encodeURIComponent(id)}/diff/`, query),
    applyGeneration: (slug: string, id: string, body: { token: string; accept?: readonly string[] }, commandId?: string) =>
      send<{ generation: string; position: number }>('POST', `${project(slug)}/generations/${encodeURIComponent(id)}/apply/`, { body, commandId }),
    /** `generation` is live now, or is built first and then applied. */
    rollback: (slug: string, body: { accept?: readonly string[] } = {}, commandId?: string) =>
      send<{ generation: string; position: number }>('POST', `${project(slug)}/generations/rollback/`, { body, commandId }),
    comments: (id: string) => send<ActivityItem[]>('GET', `${issue(id)}/comments/`),
    addComment: (id: string, text: string, commandId?: string) => send<ActivityItem>('POST', `${issue(id)}/comments/`, { body: { text }, commandId }),
    tags: (id: string) => send<TagFacet[]>('GET', `${issue(id)}/tags/`),
    issueEvents: (id: string, query: { cursor?: string; per_page?: number } = {}) => list<EventRow>(`${issue(id)}/events/`, query),
    issueEvent: (id: string, event: string) => send<Event>('GET', `${issue(id)}/events/${encodeURIComponent(event)}/`),
    event: (slug: string, event: string) => send<Event>('GET', `${project(slug)}/events/${encodeURIComponent(event)}/`),
    findEvent: (event: string) => send<FoundEvent>('GET', `${org}/eventids/${encodeURIComponent(event)}/`),
    /** Of all projects. */
    organizationIssues: (query: IssueQuery = {}) => list<Issue>(`${org}/issues/`, query),
    deleteIssue: (id: string) => send<undefined>('DELETE', `${issue(id)}/`),
    deleteIssues: (slug: string, ids: readonly string[]) => send<undefined>('DELETE', `${project(slug)}/issues/`, { query: { id: ids } }),
    deleteProject: (slug: string) => send<undefined>('DELETE', `${project(slug)}/`),
    members: (query: { cursor?: string } = {}) => list<Member>(`${org}/members/`, query),
    inviteMember: (body: NewMember) => send<Member>('POST', `${org}/members/`, { body }),
    updateMember: (id: string, body: ChangedMember) => send<Member>('PUT', `${org}/members/${encodeURIComponent(id)}/`, { body }),
    removeMember: (id: string) => send<undefined>('DELETE', `${org}/members/${encodeURIComponent(id)}/`),
  }
}
export type Client = ReturnType<typeof createClient>

async function readAnswer<T>(response: Response): Promise<Answer<T>> {
  const data = (response.status === 202 || response.status === 204 ? undefined : await response.json()) as T
  return { data, position: Number(response.headers.get('x-refold-position') ?? 0), build: response.headers.get('x-refold-build') }
}

function readLink(header: string | null): { previous: string | undefined; next: string | undefined } {
  const cursorOf = (rel: string): string | undefined => new RegExp(`rel="${rel}"; results="true"; cursor="([^"]*)"`).exec(header ?? '')?.[1]
  return { previous: cursorOf('previous'), next: cursorOf('next') }
}

/** A proxy's error page is no JSON: the status then has to do. */
async function readError(response: Response): Promise<RequestError> {
  const { status } = response
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>
  const fields = 'detail' in body || Object.keys(body).length === 0 ? undefined : (body as Record<string, string[]>)
  const detail = typeof body.detail === 'string' ? body.detail : fields ? Object.values(fields).flat().join(' ') : `The server answered ${status}.`
  const requestId = response.headers.get('x-request-id')
  if (status === 429 || status === 503) return new TryAgainError(status, detail, requestId, Number(response.headers.get('retry-after') ?? 1))
  const kinds: Record<number, typeof RequestError> = { 400: InvalidRequestError, 401: UnauthenticatedError, 403: ForbiddenError, 404: MissingError, 409: ConflictError }
  const { detail: _detail, ...more } = fields ? {} : body
  return new (kinds[status] ?? RequestError)(status, detail, fields, requestId, more)
}
