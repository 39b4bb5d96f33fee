// Members, invitations and the tokens of an organization, through the real server.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Member } from '../../../core/contract/member.ts'
import { hashSecret } from '../../../ingest/auth/tokens.ts'
import { password, startApp, type App, type Reply } from '../../api/app.ts'
import { foldAll, givenProject, givenToken } from '../../given.ts'

let app: App
let ada: { id: number; cookie: string }
beforeAll(async () => {
  app = await startApp()
  const { id } = await app.person('ada@example.com')
  ada = { id, cookie: await app.signIn('ada@example.com') }
  await givenProject(app.pool, 1, 'shop')
  await givenProject(app.pool, 2, 'web')
  await foldAll(app.pool)
})
afterAll(() => app.stop())

const organization = '/api/0/organizations/refold/'
const members = (method: string, path = '', body?: unknown, cookie = ada.cookie): Promise<Reply> => app.ask(method, `${organization}members/${path}`, { cookie, ...(body !== undefined && { body }) })
const invite = async (email: string, over: object = {}): Promise<{ member: Member; link: string }> => {
  const { status, body } = await members('POST', '', { email, ...over })
  expect(status).toBe(201)
  return { member: body as Member, link: new URL((body as Member).refold.inviteUrl!).pathname }
}
const open = (link: string, body?: unknown): Promise<Reply> => app.ask(body === undefined ? 'GET' : 'POST', `/api/0${link}/`, body === undefined ? {} : { body })
const lastDecisions = async (count: number): Promise<string[]> => (await app.pool.query<{ type: string }>(`select type from log where kind = 'd' order by position desc limit $1`, [count])).rows.map(({ type }) => type).toReversed()

describe('an invitation', () => {
  test('is a pending member, and its link makes an account once, under that address', async () => {
    const { member, link } = await invite('Ben@example.com', { orgRole: 'viewer', projects: ['shop'] })
    expect(member).toMatchObject({ id: 'invite-1', email: 'Ben@example.com', orgRole: 'viewer', pending: true, projects: ['shop'], refold: { projects: ['1'] }, user: null, inviterName: 'ada' })
    expect(JSON.stringify((await members('GET')).body)).not.toContain('inviteUrl')
    const secret = link.split('/').at(-1)!
    expect((await app.pool.query<{ row: string }>('select i::text as row from invitation i')).rows[0]!.row).not.toContain(secret)
    expect((await open(link)).body).toMatchObject({ email: 'Ben@example.com', role: 'viewer', orgSlug: 'refold', needsPassword: true })
    expect([(await open(link, { password: 'short' })).status, (await open(link, { name: 'Ben' })).status]).toEqual([400, 400])

    const accepted = await open(link, { name: 'Ben', password, email: 'eve@example.com' })
    expect([accepted.status, accepted.body]).toMatchObject([201, { user: { name: 'Ben', email: 'Ben@example.com', role: 'viewer' } }])
    const projects = await app.ask('GET', `${organization}projects/`, { cookie: accepted.cookie })
    expect((projects.body as { slug: string }[]).map(({ slug }) => slug)).toEqual(['shop'])
    for (const again of [await open(link), await open(link, { password })]) {
      expect([again.status, again.body]).toEqual([409, { detail: 'This invitation has been used. Sign in instead.' }])
    }
    expect(await lastDecisions(2)).toEqual(['member.invited', 'member.joined'])
  })

  test('of two who accept at once lets in one', async () => {
    const { link } = await invite('twice@example.com')
    const both = await Promise.all([open(link, { password }), open(link, { password })])
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
  })

  test('expires after a week, and a new link kills the old one', async () => {
    const fresh = await startApp()
    await fresh.person('ada@example.com')
    const cookie = await fresh.signIn('ada@example.com')
    const ask = async (method: string, path: string, body?: object): Promise<Reply> => fresh.ask(method, path, { cookie, ...(body && { body }) })
    const linkOf = ({ body }: Reply): string => `/api/0${new URL((body as Member).refold.inviteUrl!).pathname}/`
    const first = linkOf(await ask('POST', `${organization}members/`, { email: 'cy@example.com' }))
    const { rows } = await fresh.pool.query<{ days: number }>('select extract(epoch from expires_at - created_at) / 86400 as days from invitation')
    expect(Math.round(Number(rows[0]!.days))).toBe(7)
    await fresh.pool.query(`update invitation set expires_at = now() - interval '1 second'`)
    expect((await ask('GET', first)).status).toBe(410)
    expect((await ask('GET', `${organization}members/invite-1/`)).body).toMatchObject({ expired: true })
    const second = linkOf(await ask('PUT', `${organization}members/invite-1/`, { reinvite: true }))
    expect([(await ask('GET', first)).status, (await ask('GET', second)).status]).toEqual([404, 200])
    const third = linkOf(await ask('POST', `${organization}members/`, { email: 'CY@example.com' }))
    expect([(await ask('GET', second)).status, (await ask('GET', third)).status]).toEqual([404, 200])
    expect((await ask('DELETE', `${organization}members/invite-1/`)).status).toBe(204)
    expect((await ask('POST', third, { password })).status).toBe(404)
    await fresh.stop()
  })

  test('is refused for a member, a project that does not exist, and no address', async () => {
    expect((await members('POST', '', { email: 'ADA@example.com' })).body).toEqual({ email: ['This person is a member already.'] })
    expect((await members('POST', '', { email: 'x@example.com', projects: ['nothing'] })).body).toEqual({ projects: ['There is no project nothing.'] })
    expect((await members('POST', '', { email: 'x' })).status).toBe(400)
  })
})

describe('a member', () => {
  test('is changed by nobody below, and nobody gives a role above their own', async () => {
    const max = await app.person('max@example.com', 'manager')
    const may = await app.person('may@example.com', 'member')
    const as = (cookie: string) => (method: string, path: string, body?: object) => members(method, path, body, cookie)
    const asMax = as(await app.signIn('max@example.com'))
    const owners = await invite('boss@example.com', { orgRole: 'owner' })
    for (const refused of [
      await asMax('POST', '', { email: 'new@example.com', orgRole: 'owner' }), await asMax('POST', '', { email: 'boss@example.com' }), await asMax('DELETE', `${owners.member.id}/`),
      await asMax('PUT', `${may.id}/`, { orgRole: 'owner' }), await asMax('PUT', `${max.id}/`, { orgRole: 'owner' }),
      await asMax('PUT', `${ada.id}/`, { orgRole: 'member' }), await asMax('DELETE', `${ada.id}/`),
    ]) expect(refused.status).toBe(403)
    const changed = await asMax('PUT', `${may.id}/`, { orgRole: 'viewer', projects: ['2'] })
    expect(changed.body).toMatchObject({ id: String(may.id), orgRole: 'viewer', role: 'viewer', roleName: 'Viewer', projects: ['web'], refold: { projects: ['2'] } })
    expect((await app.ask('PUT', '/api/0/issues/1/', { token: may.token, body: {} })).status).toBe(403)
    expect((await asMax('PUT', `${may.id}/`, {})).headers.get('x-refold-position')).toBeNull()
  })

  test('a narrow token of an owner makes no account that may more than the token', async () => {
    const token = await givenToken(app.pool, ada.id, ['member:write'])
    const invited = async (orgRole: string) => (await app.ask('POST', `${organization}members/`, { token, body: { email: `${orgRole}@example.com`, orgRole } })).status
    expect([await invited('owner'), await invited('manager'), await invited('member'), await invited('viewer')]).toEqual([403, 403, 201, 201])
  })

  test('who is removed is gone at once, with sessions, tokens and invitations, and can be invited back', async () => {
    const eve = await app.person('eve@example.com', 'manager')
    const cookie = await app.signIn('eve@example.com')
    const { body } = await members('POST', '', { email: 'friend@example.com' }, cookie)
    expect((await members('DELETE', `${eve.id}/`)).status).toBe(204)
    expect((await app.ask('GET', '/api/0/users/me/', { cookie })).status).toBe(401)
    expect((await app.ask('GET', '/api/0/users/me/', { token: eve.token })).status).toBe(401)
    expect((await app.ask('POST', '/api/0/auth/login/', { body: { username: 'eve@example.com', password } })).status).toBe(401)
    expect((await members('GET', `${(body as Member).id}/`)).status).toBe(404)
    expect((await members('DELETE', `${eve.id}/`)).status).toBe(404)
    expect(await lastDecisions(1)).toEqual(['member.removed'])
    const { rows } = await app.pool.query('select name from account where id = $1', [eve.id])
    expect(rows).toEqual([{ name: 'eve' }])

    const { link } = await invite('eve@example.com', { orgRole: 'viewer' })
    const back = await app.ask('POST', `/api/0${link}/`, { body: { password: 'another password' } })
    expect([back.status, (back.body as { user: { id: string; role: string } }).user]).toMatchObject([201, { id: String(eve.id), role: 'viewer' }])
    expect((await app.ask('GET', '/api/0/users/me/', { token: eve.token })).status).toBe(401)
  })

  test('may leave; the last owner may neither leave nor become less', async () => {
    await app.person('leaver@example.com', 'viewer')
    const cookie = await app.signIn('leaver@example.com')
    expect((await members('DELETE', 'me/', undefined, cookie)).status).toBe(204)
    expect((await app.ask('GET', '/api/0/users/me/', { cookie })).status).toBe(401)
    for (const refused of [await members('DELETE', 'me/'), await members('DELETE', `${ada.id}/`), await members('PUT', `${ada.id}/`, { orgRole: 'manager' })]) {
      expect([refused.status, refused.body]).toEqual([409, { detail: 'This is the only owner. Make somebody else an owner first.' }])
    }
  })

  test('of two owners who remove each other at once one stays', async () => {
    const fresh = await startApp()
    const people = [await fresh.person('a@example.com'), await fresh.person('b@example.com')] as const
    const cookies = [await fresh.signIn('a@example.com'), await fresh.signIn('b@example.com')]
    await Promise.all(cookies.map((cookie, index) => fresh.ask('PUT', `${organization}members/${people[1 - index]!.id}/`, { cookie, body: { orgRole: 'member' } })))
    const { rows } = await fresh.pool.query(`select count(*)::int as owners from account where role = 'owner'`)
    expect(rows).toEqual([{ owners: 1 }])
    await fresh.stop()
  })
})

test('a new password ends the other sessions, and needs the old one', async () => {
  await app.person('pat@example.com', 'member')
  const [one, two] = [await app.signIn('pat@example.com'), await app.signIn('pat@example.com')]
  const change = (body: object): Promise<Reply> => app.ask('PUT', '/api/0/users/me/password/', { cookie: one, body })
  expect((await change({ password: 'wrong password', new: 'next password' })).body).toEqual({ password: ['This is not your password.'] })
  expect((await change({ password, new: 'short' })).status).toBe(400)
  const changed = await change({ password, new: 'next password' })
  expect(changed.status).toBe(204)
  const status = async (cookie: string | undefined): Promise<number> => (await app.ask('GET', '/api/0/users/me/', { cookie })).status
  expect([await status(one), await status(two), await status(changed.cookie)]).toEqual([401, 401, 200])
})

describe('tokens', () => {
  test('are refused once they have expired', async () => {
    const made = await app.ask('POST', '/api/0/api-tokens/', { cookie: ada.cookie, body: { name: 'short', scopes: ['org:read'], expiresInDays: 1 } })
    const { token, expiresAt } = made.body as { token: string; expiresAt: string }
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / 3_600_000)).toBe(24)
    expect((await app.ask('GET', '/api/0/users/me/', { token })).status).toBe(200)
    await app.pool.query(`update token set expires_at = now() where name = 'short'`)
    expect((await app.ask('GET', '/api/0/users/me/', { token })).body).toEqual({ detail: 'Invalid token.' })
    const past = await app.ask('POST', '/api/0/api-tokens/', { cookie: ada.cookie, body: { name: 'past', scopes: ['org:read'], expiresAt: '2020-01-01T00:00:00Z' } })
    expect(past.body).toEqual({ expiresAt: ['Use a time to come.'] })
  })

  test('of the organization name this server, and act as who made them, within org:ci', async () => {
    const made = await app.ask('POST', `${organization}org-auth-tokens/`, { cookie: ada.cookie, body: { name: 'ci' } })
    const { id, token, scopes } = made.body as { id: string; token: string; scopes: string[] }
    expect([made.status, scopes]).toEqual([201, ['org:ci']])
    const [, about] = /^sntrys_([^_]+)_[A-Za-z0-9+/]{43}$/.exec(token)!
    expect(JSON.parse(Buffer.from(about!, 'base64').toString())).toEqual({ iat: expect.any(Number), url: 'http://localhost:8000', region_url: 'http://localhost:8000', org: 'refold' })
    expect((await app.ask('GET', '/api/0/', { token })).body).toMatchObject({ user: { email: 'ada@example.com' }, auth: { scopes: ['org:ci'] } })
    const { body: listed } = await app.ask('GET', `${organization}org-auth-tokens/`, { cookie: ada.cookie })
    expect(listed).toMatchObject([{ id, name: 'ci', createdBy: 'ada', tokenLastCharacters: token.slice(-4) }])
    expect(JSON.stringify(listed)).not.toContain(token)
    expect((await app.ask('DELETE', `/api/0/api-tokens/${id}/`, { cookie: ada.cookie })).status).toBe(404)
    expect((await app.ask('DELETE', `${organization}org-auth-tokens/${id}/`, { cookie: ada.cookie })).status).toBe(204)
    expect((await app.ask('GET', '/api/0/', { token })).status).toBe(401)
    expect(await lastDecisions(2)).toEqual(['token.created', 'token.deleted'])
  })

  test('of the form they once had go on working', async () => {
    const old = 'ab'.repeat(20)
    await app.pool.query(`insert into token (account_id, name, hash, last_characters, scopes) values ($1, 'old', $2, 'abab', '{org:read}')`, [ada.id, hashSecret(old)])
    expect((await app.ask('GET', '/api/0/', { token: old })).status).toBe(200)
  })
})

test('who was here is noted, at most once a minute', async () => {
  const zoe = await app.person('zoe@example.com', 'member')
  const seen = async (): Promise<string | null> => ((await members('GET', `${zoe.id}/`)).body as Member).user!.lastActive
  expect(await seen()).toBeNull()
  await app.ask('GET', '/api/0/users/me/', { token: zoe.token })
  const first = await seen()
  await app.ask('GET', '/api/0/users/me/', { token: zoe.token })
  expect([Date.now() - Date.parse(first!) < 60_000, await seen()]).toEqual([true, first])
})

test('there is one team, everybody, and its people can be given issues', async () => {
  const ask = async (path: string): Promise<unknown> => (await app.ask('GET', `/api/0/${path}`, { cookie: ada.cookie })).body
  const [team] = (await ask('organizations/refold/teams/')) as [{ memberCount: number }]
  expect(team).toMatchObject({ id: '1', slug: 'refold', isMember: true, projects: [{ slug: 'shop' }, { slug: 'web' }] })
  expect([await ask('teams/refold/refold/'), await ask('projects/refold/shop/teams/')]).toEqual([team, [team]])
  expect(await ask('teams/refold/other/')).toEqual({ detail: 'The requested resource does not exist.' })
  const users = (await ask('organizations/refold/users/')) as Member[]
  expect(users).toHaveLength(team.memberCount)
  expect(users.every(({ pending }) => !pending)).toBe(true)
  const emails = ((await ask('projects/refold/web/members/')) as Member[]).map(({ email }) => email)
  expect([emails.includes('ada@example.com'), emails.includes('Ben@example.com')]).toEqual([true, false])
})

test('an invitation with a wrong secret does not exist, used or not, and guessing is slowed down', async () => {
  const { link } = await invite('guess@example.com')
  const wrong = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`
  for (const path of [wrong, '/accept-invite/999/x', '/accept-invite/x/y']) expect((await open(path)).status).toBe(404)
  const guesses = await Promise.all(Array.from({ length: 20 }, () => open(wrong)))
  expect(guesses.some(({ status }) => status === 429)).toBe(true)
})
