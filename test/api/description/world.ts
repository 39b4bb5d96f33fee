// An installation in which every operation has something to show: made through the API itself, from its first owner on.

import { createHash } from 'node:crypto'
import { pino } from 'pino'
import { routeAccess } from '../../../core/access.ts'
import { registerHealth } from '../../../ingest/health.ts'
import { appendEnvelopes } from '../../../ingest/log/append.ts'
import { resolveAgain } from '../../../ingest/auth/viewer.ts'
import { buildGeneration } from '../../../projections/generations/building.ts'
import { startHub } from '../../../projections/live/hub.ts'
import { registerLiveRoutes } from '../../../projections/live/routes.ts'
import { eventEnvelope, failure, foldAll, newId } from '../../given.ts'
import { writeBundle } from '../../zip.ts'
import { password, startApp, type Ask, type Reply } from '../app.ts'

export type Call = Omit<Ask, 'token' | 'cookie'> & { query?: string; params?: Record<string, string> }
export type World = Awaited<ReturnType<typeof startWorld>>

const owner = 'ada@example.com'

export async function startWorld() {
  const app = await startApp({}, [
    (scope, { pool }) => registerHealth(scope, { pool, storage: { status: () => ({ mode: 'direct', records: 0, bytes: 0 }) } }),
    async (scope, { pool, databaseUrl }) => {
      const hub = await startHub(databaseUrl, pool, pino({ level: 'silent' }))
      scope.addHook('onClose', () => hub.stop())
      registerLiveRoutes(scope, { hub, build: 'test', resolveAgain: (request) => resolveAgain(pool, request) })
    },
  ])
  /** What stands for the names in a path. */
  const names: Record<string, string> = { org: 'refold', team: 'refold', project: 'shop', member: 'me', version: 'shop@1.0.0' }
  /** Routes that have answered 2xx, and how. */
  const answered = new Map<string, number[]>()
  let cookie: string | undefined
  let token = ''

  async function call(route: string, { query = '', params = {}, ...rest }: Call = {}): Promise<Reply> {
    const [method, template] = route.split(' ') as [string, string]
    const own: Record<string, string> = { ...names, ...(template.includes('tags/') && { key: 'environment' }), ...params }
    const path = template.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(own[name] ?? `no-${name}`))
    const access = routeAccess[route]
    const isSession = access === 'session' || (typeof access === 'object' && 'session' in access)
    const reply = await app.ask(method, path + query, { ...rest, ...(isSession || route.includes('DELETE /api/0/auth/') ? { cookie } : token ? { token } : {}) })
    if (reply.status < 300) answered.set(route, [...(answered.get(route) ?? []), reply.status])
    if (method !== 'GET') await foldAll(app.pool)
    return reply
  }
  /** The body; throws where the answer is none. */
  async function ok(route: string, options?: Call): Promise<Record<string, unknown>> {
    const reply = await call(route, options)
    if (reply.status >= 300) throw new Error(`${route} answered ${reply.status} ${JSON.stringify(reply.body)}`)
    cookie = reply.cookie ?? cookie
    return reply.body as Record<string, unknown>
  }

  const world = {
    app, names, answered, call, ok,
    fold: () => foldAll(app.pool),
    owner: { email: owner, password },
    token: () => token,
  }
  await ok('POST /api/0/auth/owner/', { body: { email: owner, name: 'Ada', password } })
  await ok('POST /api/0/auth/login/', { body: { username: owner, password } })
  const scopes = ['org:admin', 'member:admin', 'team:admin', 'project:admin', 'project:releases', 'event:admin', 'org:ci']
  const made = await ok('POST /api/0/api-tokens/', { body: { name: 'world', scopes } })
  token = String(made.token)
  names.id = String((await ok('POST /api/0/api-tokens/', { body: { name: 'to be revoked', scopes: ['org:read'] } })).id)
  await seed(world)
  return world
}

type Started = Pick<World, 'app' | 'names' | 'ok' | 'answered' | 'token'>

async function seed({ app, names, ok, answered, token: held }: Started): Promise<void> {
  const token = held()
  const project = await ok('POST /api/0/projects/:org/', { body: { name: 'Shop', platform: 'node' } })
  await ok('POST /api/0/teams/:org/:team/projects/', { body: { name: 'Spare' } })
  await sendEvents(app.pool, Number(project.id), names)
  await foldAll(app.pool)
  const issues = (await ok('GET /api/0/projects/:org/:project/issues/', { query: '?query=' })) as unknown as { id: string; shortId: string }[]
  names.issue = issues.find(({ id }) => id === names.position)!.id
  ;[names.other, names.third, names.fourth] = issues.filter(({ id }) => id !== names.issue).map(({ id }) => id) as [string, string, string]
  names.shortId = issues.find(({ id }) => id === names.issue)!.shortId
  const attachments = (await ok('GET /api/0/projects/:org/:project/events/:event/attachments/')) as unknown as { id: string }[]
  names.attachment = attachments[0]!.id
  names.key = String((await ok('POST /api/0/projects/:org/:project/keys/', { body: { name: 'Second' } })).id)
  names.token = String((await ok('POST /api/0/organizations/:org/org-auth-tokens/', { body: { name: 'build' } })).id)
  const invited = (await ok('POST /api/0/organizations/:org/members/', { body: { email: 'ben@example.com', orgRole: 'member' } })) as { refold: { inviteUrl: string } }
  ;[names.invitation, names.secret] = new URL(invited.refold.inviteUrl).pathname.split('/').slice(-2) as [string, string]
  for (const [version, path] of [['shop@2.0.0', 'organizations/:org'], ['shop@3.0.0', 'projects/:org/:project']] as const) {
    await ok(`POST /api/0/${path}/releases/`, { body: { version, projects: ['shop'], commits: [{ id: 'a'.repeat(40), message: 'fix', author_name: 'Ada', author_email: owner, timestamp: '2026-11-01T10:00:00Z' }] } })
  }
  await ok('POST /api/0/organizations/:org/releases/:version/deploys/', { body: { environment: 'production' } })
  await ok('POST /api/0/projects/:org/:project/grouping/revisions/', { body: { rules: 'type:A -> a' } })
  names.generation = String((await ok('POST /api/0/projects/:org/:project/generations/', {})).id)
  await buildGeneration(app.pool, Number(names.generation))
  names.view = String((await ok('POST /api/0/organizations/:org/group-search-views/', { body: { name: 'Mine', query: 'assigned:me', projects: ['shop'] } })).id)
  const bundle = await upload(app.origin, token, writeBundle({ 'files/app.js': { url: '~/app.js', type: 'minified_source', text: 'run()' } }))
  const symbols = await upload(app.origin, token, Buffer.from('MODULE Linux x86_64 3249D99D0C4049318610F4E4FB0B69360 crash\n'))
  answered.set('POST /api/0/organizations/:org/chunk-upload/', [200])
  await ok('POST /api/0/organizations/:org/artifactbundle/assemble/', { body: { checksum: bundle, chunks: [bundle], projects: ['shop'] } })
  await ok('POST /api/0/projects/:org/:project/files/difs/assemble/', { body: { [symbols]: { name: 'crash.sym', chunks: [symbols] } } })
}

/** A file in one chunk; its SHA-1. */
async function upload(origin: string, token: string, file: Buffer): Promise<string> {
  const hash = createHash('sha1').update(file).digest('hex')
  const body = new FormData()
  body.append('file', new Blob([new Uint8Array(file)]), hash)
  const answer = await fetch(`${origin}/api/0/organizations/refold/chunk-upload/`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body })
  if (!answer.ok) throw new Error(`upload: ${answer.status} ${await answer.text()}`)
  return hash
}

/** Two issues with two events each, and two more; one event comes with a file and with what its user wrote. */
async function sendEvents(pool: World['app']['pool'], project: number, names: Record<string, string>): Promise<void> {
  const over = { release: 'shop@1.0.0', environment: 'production', tags: { browser: 'Firefox' }, user: { id: '7', email: 'eve@example.com' }, message: 'x', breadcrumbs: [{ message: 'click' }], request: { url: 'https://shop.example.com/?a=1' } }
  names.event = newId()
  const rich = eventEnvelope(project, { ...failure('A', 'first', over), event_id: names.event })
  const file = `\n${JSON.stringify({ type: 'attachment', filename: 'log.txt', length: 4 })}\nline\n${JSON.stringify({ type: 'user_report' })}\n${JSON.stringify({ event_id: names.event, name: 'Eve', email: 'eve@example.com', comments: 'It broke.' })}`
  const events = [failure('A', 'second', over), failure('B', 'first', over), failure('B', 'second', { ...over, level: 'warning' }), failure('C', 'x', over), failure('D', 'x', over)].map((event) => eventEnvelope(project, event))
  const positions = await appendEnvelopes(pool, [{ ...rich, payload: Buffer.concat([rich.payload, Buffer.from(file)]) }, ...events])
  names.position = String(positions[0])
}
