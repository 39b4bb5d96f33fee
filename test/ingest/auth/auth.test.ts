// First run, sign-in, sessions, tokens: through the real server.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOwner } from '../../../ingest/auth/accounts.ts'
import { createThrottle } from '../../../ingest/auth/throttle.ts'
import { password, startApp, type App } from '../../api/app.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.stop())

const owner = { email: 'ada@example.com', name: 'Ada', password }
const login = (username: string, secret = password, cookie?: string) => app.ask('POST', '/api/0/auth/login/', { body: { username, password: secret }, cookie })

describe('the first run', () => {
  test('asks for an owner until there is one', async () => {
    expect((await app.ask('GET', '/api/0/auth/config/')).body).toEqual({ refold: { needsOwner: true, mail: false } })
    const weak = await app.ask('POST', '/api/0/auth/owner/', { body: { ...owner, password: 'short' } })
    expect([weak.status, weak.body]).toEqual([400, { password: ['Use at least 8 characters.'] }])
    const created = await app.ask('POST', '/api/0/auth/owner/', { body: owner })
    expect([created.status, created.body]).toMatchObject([201, { user: { email: owner.email, role: 'owner' } }])
    expect((await app.ask('GET', '/api/0/users/me/', { cookie: created.cookie })).body).toMatchObject({ name: 'Ada' })
    expect((await app.ask('GET', '/api/0/auth/config/')).body).toEqual({ refold: { needsOwner: false, mail: false } })
    expect((await app.ask('POST', '/api/0/auth/owner/', { body: owner })).status).toBe(409)
  })

  test('two first owners at once are one owner', async () => {
    const fresh = await startApp()
    const results = await Promise.all(['a@example.com', 'b@example.com', 'c@example.com'].map((email) => createOwner(fresh.pool, { email, password })))
    expect(results.filter((account) => account !== null)).toHaveLength(1)
    await fresh.stop()
  })
})

describe('signing in', () => {
  test('answers an unknown user and a wrong password alike, in similar time', async () => {
    const timed = async (username: string) => {
      const start = performance.now()
      const { status, body } = await login(username, 'wrong password')
      return { answer: [status, body], ms: performance.now() - start }
    }
    const [known, unknown] = [await timed(owner.email), await timed('nobody@example.com')]
    expect(known.answer).toEqual([401, { detail: 'Email or password is wrong.' }])
    expect(unknown.answer).toEqual(known.answer)
    expect(unknown.ms).toBeGreaterThan(known.ms / 3)
  })

  test('starts a session under a new id, and the old one is dead', async () => {
    const first = (await login(owner.email)).cookie
    const second = await login(owner.email, password, first)
    expect(second.cookie).not.toBe(first)
    expect((await app.ask('GET', '/api/0/users/me/', { cookie: first })).status).toBe(401)
    expect((await app.ask('GET', '/api/0/users/me/', { cookie: second.cookie })).status).toBe(200)
    expect(second.headers.get('set-cookie')).toMatch(/^refold_session=.*; Path=\/api\/0; Expires=.*; HttpOnly; SameSite=Lax$/)
  })

  test('gives an anonymous visitor no cookie and no row', async () => {
    const before = await app.pool.query('select count(*) from session')
    expect((await app.ask('GET', '/api/0/')).headers.get('set-cookie')).toBeNull()
    expect((await login(owner.email, 'wrong password')).headers.get('set-cookie')).toBeNull()
    expect((await app.pool.query('select count(*) from session')).rows).toEqual(before.rows)
  })

  test('ends on logout, on the server too, and a renewal in flight does not revive it', async () => {
    const { cookie } = await login(owner.email)
    await app.pool.query(`update session set data = replace(data, '"renewedAt":', '"renewedAt":1,"was":')`)
    const [, out] = await Promise.all([app.ask('GET', '/api/0/users/me/', { cookie }), app.ask('DELETE', '/api/0/auth/', { cookie })])
    expect(out.status).toBe(204)
    expect((await app.ask('GET', '/api/0/users/me/', { cookie })).status).toBe(401)
  })

  test('renews the session once a day', async () => {
    const { cookie } = await login(owner.email)
    expect((await app.ask('GET', '/api/0/users/me/', { cookie })).headers.get('set-cookie')).toBeNull()
    await app.pool.query(`update session set data = replace(data, '"renewedAt":', '"renewedAt":1,"was":'), expires_at = now() + interval '1 day'`)
    expect((await app.ask('GET', '/api/0/users/me/', { cookie })).cookie).toBe(cookie)
    const { rows } = await app.pool.query(`select max(expires_at) > now() + interval '29 days' as renewed from session`)
    expect(rows).toEqual([{ renewed: true }])
  })

  test('is throttled per email after ten failures, with a time to wait', async () => {
    const fresh = await startApp()
    await fresh.person('eve@example.com')
    const attempt = (secret: string) => fresh.ask('POST', '/api/0/auth/login/', { body: { username: 'Eve@example.com', password: secret } })
    const wrong = await Promise.all(Array.from({ length: 12 }, () => attempt('wrong password')))
    expect(wrong.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(401), 429, 429])
    const right = await attempt(password)
    expect(right.status).toBe(429)
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0)
    await fresh.stop()
  })

  test('marks the cookie Secure behind https', async () => {
    const secure = await startApp({ PUBLIC_URL: 'https://errors.example.com' })
    await secure.person('ada@example.com')
    const { headers } = await secure.ask('POST', '/api/0/auth/login/', { body: { username: 'ada@example.com', password }, headers: { origin: 'https://errors.example.com' } })
    expect(headers.get('set-cookie')).toMatch(/; Secure$/)
    await secure.stop()
  })
})

test('a throttle forgets the oldest keys first and never grows beyond its bound', () => {
  let now = 0
  const throttle = createThrottle({ limit: 1, windowMs: 1000, maxKeys: 2, now: () => now })
  expect([throttle.take(['a']), throttle.take(['a']), throttle.take(['b']), throttle.take(['c']), throttle.take(['a'])]).toEqual([0, 1, 0, 0, 0])
  now = 1001
  expect(throttle.take(['c'])).toBe(0)
  throttle.giveBack(['c'])
  expect(throttle.take(['c'])).toBe(0)
})

describe('an account', () => {
  test('keeps settings key by key, within bounds', async () => {
    const { cookie } = await login(owner.email)
    await app.ask('PUT', '/api/0/users/me/', { cookie, body: { options: { theme: 'dark' } } })
    const changed = await app.ask('PUT', '/api/0/users/me/', { cookie, body: { name: 'Ada L.', options: { timezone: 'UTC' } } })
    expect(changed.body).toMatchObject({ name: 'Ada L.', options: { theme: 'dark', timezone: 'UTC' } })
    expect((await app.ask('PUT', '/api/0/users/me/', { cookie, body: { options: { big: 'x'.repeat(9000) } } })).status).toBe(400)
    for (const piece of 'abcdef') await app.ask('PUT', '/api/0/users/me/', { cookie, body: { options: { [piece]: 'x'.repeat(5000) } } })
    const { rows } = await app.pool.query<{ size: number }>('select max(length(options)) as size from account')
    expect(rows[0]!.size).toBeLessThan(8193)
  })
})

describe('tokens', () => {
  test('are shown once, stored as a hash, and revoked at once', async () => {
    const { cookie } = await login(owner.email)
    const made = await app.ask('POST', '/api/0/api-tokens/', { cookie, body: { name: 'ci', scopes: ['event:read'] } })
    const { id, token } = made.body as { id: string; token: string }
    expect(token).toMatch(/^sntryu_[0-9a-f]{64}$/)
    const stored = await app.pool.query(`select t::text as row from token t union all select s::text from session s union all select a::text from account a`)
    expect(stored.rows.some(({ row }) => row.includes(token) || row.includes(password) || row.includes(decodeURIComponent(cookie!.split('=')[1]!).split('.')[0]!))).toBe(false)
    const listed = (await app.ask('GET', '/api/0/api-tokens/', { cookie })).body as { token?: string }[]
    expect(listed).toMatchObject([{ id, name: 'ci', scopes: ['event:read'], tokenLastCharacters: token.slice(-4), dateLastUsed: null }])
    expect(listed[0]!.token).toBeUndefined()
    expect((await app.ask('GET', '/api/0/', { token })).body).toMatchObject({ user: { email: owner.email }, auth: { scopes: ['event:read'] } })
    expect((await app.ask('DELETE', `/api/0/api-tokens/${id}/`, { cookie })).status).toBe(204)
    expect([(await app.ask('GET', '/api/0/', { token })).status, (await app.ask('GET', '/api/0/', { token: 'nonsense', cookie })).status]).toEqual([401, 401])
  })

  test('hold no more than the role, and cannot make tokens', async () => {
    const member = await app.person('mem@example.com', 'member')
    const { cookie } = await login(member.email)
    const beyond = await app.ask('POST', '/api/0/api-tokens/', { cookie, body: { name: 'x', scopes: ['project:write'] } })
    expect([beyond.status, beyond.body]).toEqual([400, { scopes: ['Your role does not hold project:write.'] }])
    expect((await app.ask('POST', '/api/0/projects/refold/', { token: member.token, body: { name: 'Shop' } })).status).toBe(403)
    expect((await app.ask('POST', '/api/0/api-tokens/', { token: member.token, body: { name: 'x', scopes: ['event:read'] } })).status).toBe(403)
  })

  test('of somebody else cannot be deleted', async () => {
    const other = await app.person('other@example.com')
    const { rows } = await app.pool.query('select id from token where account_id = $1', [other.id])
    const { cookie } = await login(owner.email)
    expect((await app.ask('DELETE', `/api/0/api-tokens/${rows[0]!.id}/`, { cookie })).status).toBe(404)
    expect((await app.ask('GET', '/api/0/', { token: other.token })).status).toBe(200)
  })
})
