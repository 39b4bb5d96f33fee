// What access.test.ts walks through: two projects, people of every role, the paths to what there is, and a fingerprint of all that a
// request could change.

import { pino } from 'pino'
import { grantedScopes, seenProjects, type Role, type Scope, type Viewer } from '../../core/access.ts'
import { formatShortId } from '../../core/shortid.ts'
import { resolveAgain } from '../../ingest/auth/viewer.ts'
import { registerHealth } from '../../ingest/health.ts'
import { registerMetrics } from '../../ingest/metrics.ts'
import { startHub } from '../../projections/live/hub.ts'
import { registerLiveRoutes } from '../../projections/live/routes.ts'
import { failure, foldAll, givenDecisions, givenEvents, givenProject, givenToken, newId } from '../given.ts'
import { startApp } from './app.ts'

/** In every text of the foreign project: who does not belong to it must never read it. */
export const secret = 'zzsecret'

export type Persona = { name: string; viewer: Viewer | null; headers: Record<string, string> }
export type Place = { project: string; issue: string; event: string; keyId: string; comment: string; generation: string; version: string }
export type World = Awaited<ReturnType<typeof startWorld>>

/** The server with every route that main.ts serves but those of the SDKs. */
export async function startWorld() {
  const status = { mode: 'direct' as const, records: 0, bytes: 0 }
  const app = await startApp({}, [
    (scope, { pool }) => registerHealth(scope, { pool, storage: { status: () => status } as never }),
    (scope, { pool }) => registerMetrics(scope, { pool, storage: { status: () => status } as never, token: undefined }),
    async (scope, { pool, databaseUrl }) => {
      const hub = await startHub(databaseUrl, pool, pino({ level: 'silent' }))
      // Commands on grouping wait for the fold.
      const fold = setInterval(() => void foldAll(pool).catch(() => undefined), 50)
      scope.addHook('onClose', () => {
        clearInterval(fold)
        return hub.stop()
      })
      registerLiveRoutes(scope, { hub, build: 'test', resolveAgain: (request) => resolveAgain(pool, request) })
    },
  ])
  const { pool } = app
  const own = await givePlace(1, 'shop', 'mine')
  const foreign = await givePlace(2, `web-${secret}`, secret)
  const missing: Place = { project: 'missing', issue: '999999', event: newId(), keyId: '999999', comment: '999999', generation: '999999', version: 'missing@1' }

  async function givePlace(id: number, slug: string, word: string): Promise<Place> {
    await givenProject(pool, id, slug)
    const version = `${word}@1`
    const event = newId()
    const over = { release: version, environment: word, server_name: word, tags: { page: word }, user: { id: word } }
    const [issue] = (await givenEvents(pool, id, [{ event_id: event, ...failure(`${word}Error`, word, over) }, failure(`${word}Other`, word, over)])) as [number, number]
    await foldAll(pool)
    const { rows } = await pool.query<{ key: string; generation: string }>(
      'select k.key, k.generation::text as generation from issue_key k join project p on p.generation = k.generation where p.id = $1 and k.issue_id = $2', [id, issue])
    const { key, generation } = rows[0]!
    const comment = await givenDecisions(pool, { type: 'comment.added', data: { project: id, issue, keys: [key], text: word } })
    await givenDecisions(pool,
      { type: 'release.changed', data: { version, projects: [id], refs: [{ repository: word, commit: 'a'.repeat(40), previousCommit: null }] } },
      { type: 'deploy.created', data: { version, projects: [id], environment: word, name: word, url: null, startedAt: null, finishedAt: new Date().toISOString() } })
    await foldAll(pool)
    await pool.query(`insert into artifact (kind, sha1, project_id, release, name, chunks, size) select k, $2, $1, $3, $4, '{}', 1 from unnest(array['bundle', 'debug_file']) as u (k)`, [id, 'a'.repeat(40), version, word])
    return { project: slug, issue: String(issue), event, keyId: String(id), comment: String(comment), generation, version }
  }

  /** Both ways in. */
  async function givePerson(role: Role, projects: number[] | null = null): Promise<Persona[]> {
    const name = projects === null ? role : `${role} of shop`
    const email = `${name.replaceAll(' ', '.')}@example.com`
    const { id, token } = await app.person(email, role, undefined, projects)
    const viewer = { userId: id, email, name, role, actor: `user:${id}`, projects: seenProjects(role, projects) }
    return [
      { name: `${name} by cookie`, viewer: { ...viewer, via: 'session', scopes: grantedScopes(role) }, headers: { cookie: await app.signIn(email), origin: 'http://localhost:8000' } },
      { name: `${name} by token`, viewer: { ...viewer, via: 'token', scopes: grantedScopes(role) }, headers: { authorization: `Bearer ${token}` } },
    ]
  }

  return {
    app, own, foreign, missing, givePerson,
    /** A token of the owner that holds one scope. */
    async giveToken(owner: Viewer, scope: Scope): Promise<Persona> {
      const token = await givenToken(pool, owner.userId, [scope])
      return { name: `token with ${scope}`, viewer: { ...owner, via: 'token', scopes: grantedScopes('owner', [scope]) }, headers: { authorization: `Bearer ${token}` } }
    },
    async ask(method: string, url: string, { headers }: Pick<Persona, 'headers'>, body: unknown = method === 'POST' || method === 'PUT' ? {} : undefined): Promise<{ status: number; text: string }> {
      const response = await app.server.inject({ method: method as 'GET', url, headers, ...(body !== undefined && { payload: body as object }) })
      return { status: response.statusCode, text: response.body }
    },
    /** The same before and after = nothing was appended, and no operational row has changed. When somebody was last seen may. */
    async fingerprint(): Promise<Record<string, string>> {
      const { rows } = await pool.query<Record<string, string>>(
        `select (select position::text from log_head) as log,
           (select md5(string_agg((to_jsonb(t) - 'last_seen_at')::text, '' order by id)) from account t) as account, (select md5(string_agg((to_jsonb(t) - 'last_used_at')::text, '' order by id)) from token t) as token,
           (select md5(string_agg(t::text, '' order by id)) from invitation t) as invitation, (select md5(string_agg(t::text, '' order by id)) from saved_view t) as view, (select md5(string_agg(t::text, '' order by id)) from artifact t) as artifact,
           (select md5(string_agg(t::text, '' order by sha1)) from (select sha1, size from artifact_chunk) t) as chunk, (select md5(string_agg(t::text, '' order by generation)) from generation_build t) as build`,
      )
      return rows[0]!
    },
  }
}

/** The path of a route to what lies at a place. */
export function pathTo(url: string, place: Place): string {
  const values: Record<string, string> = { ...place, org: 'refold', team: 'refold', member: '1', token: '999999', id: '999999', attachment: '999999', invitation: '999999', secret: 'x' }
  if (url.includes('/shortids/')) values.issue = formatShortId(place.project, Number(place.issue))
  return url.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(name === 'key' ? (url.includes('/keys/') ? place.keyId : 'environment') : (values[name] ?? 'x')))
}
