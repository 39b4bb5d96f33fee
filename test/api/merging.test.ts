// Merging and unmerging issues, through the real server into the real log and its fold.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatShortId } from '../../core/shortid.ts'
import { foldAll } from '../given.ts'
import { positionOf, startShop, type Shop } from './shop.ts'

let place: Shop
let [a, b, c, foreign]: [number, number, number, number] = [0, 0, 0, 0]
const v1 = { version: 'v1', revision: 0 }
beforeAll(async () => {
  place = await startShop()
  ;({ a, b, c, foreign } = place)
})
afterAll(() => place.app.stop())

describe('merging', () => {
  test('answers as Sentry does, names every side with its keys, and old ids go on working', async () => {
    const note = (await place.ask('POST', `issues/${b}/comments/`, { text: 'mine' })).body as { id: string }
    const before = await place.issues()
    const merged = await place.merge(b, formatShortId('shop', a))
    expect([merged.status, merged.body]).toEqual([200, { merge: { parent: String(a), children: [String(b)] } }])
    expect(await place.lastDecision()).toEqual({
      type: 'issue.merged',
      data: { project: 1, issue: a, sides: [{ issue: a, keys: before.get(a) }, { issue: b, keys: before.get(b) }], grouping: v1 },
    })
    expect([...(await place.issues()).keys()]).toEqual([a, c])
    expect((await place.ask('PUT', `issues/${b}/`, { status: 'ignored' })).status).toBe(200)
    expect(await place.lastDecision()).toMatchObject({ type: 'issue.ignored', data: { issue: a, keys: [...before.get(a)!, ...before.get(b)!], grouping: v1 } })
    expect((await place.ask('PUT', `issues/${a}/comments/${note.id}/`, { text: 'still mine' })).status).toBe(200)
    expect((await place.ask('DELETE', `issues/${b}/comments/${note.id}/`)).status).toBe(204)
  })

  test('is refused with what to do: one issue, two names of it, another project, another change with it', async () => {
    const before = await place.head()
    expect((await place.merge(c)).body).toEqual({ id: ['Name 2 to 15000 issues with ?id=, or in the body as ids.'] })
    expect((await place.merge(c, c)).status).toBe(400)
    expect((await place.merge(a, b)).body).toEqual({ id: ['Name at least two different issues to merge them. These are one issue already.'] })
    const other = await place.merge(a, foreign)
    expect([other.status, other.body]).toEqual([404, { detail: `This project has no issue ${foreign}.` }])
    expect((await place.merge(formatShortId('web', c), a)).body).toEqual({ detail: `This project has no issue ${formatShortId('web', c)}.` })
    expect((await place.merge('nonsense', a)).status).toBe(404)
    expect((await place.shop('PUT', `issues/?id=${a}&id=${c}`, { merge: 1, status: 'resolved' })).status).toBe(400)
    expect((await place.ask('PUT', `projects/refold/none/issues/?id=${a}&id=${c}`, { merge: 1 })).status).toBe(404)
    expect(await place.head()).toBe(before)
  })

  test('and resolving at once: the decision waits for the merge and names the merged issue', async () => {
    const merging = await place.app.ask('PUT', `/api/0/projects/refold/shop/issues/`, { token: place.token, body: { merge: true, ids: [a, String(c)] } })
    expect(merging.body).toEqual({ merge: { parent: String(a), children: [String(c)] } })
    const [resolved] = await Promise.all([place.app.ask('PUT', `/api/0/issues/${c}/`, { token: place.token, body: { status: 'resolved' } }), foldAll(place.app.pool)])
    expect(resolved.status).toBe(200)
    expect((await place.lastDecision()).data).toMatchObject({ issue: a, keys: (await place.issues()).get(a) })
    await foldAll(place.app.pool)
  })
})

describe('unmerging', () => {
  test('names keys of the issue, leaves one, and gives the old ids back', async () => {
    const [first, second, third] = (await place.issues()).get(a)!
    const unmerge = (...sides: (string | undefined)[][]) => place.ask('PUT', `issues/${c}/unmerge/`, { sides })
    expect((await unmerge(['v1:nothing'])).body).toEqual({ sides: ['This issue has no key v1:nothing.'] })
    expect((await unmerge([first, second], [third])).body).toEqual({ sides: ['At least one key must stay.'] })
    expect((await unmerge()).status).toBe(400)
    const done = await unmerge([second])
    expect([done.status, done.body]).toEqual([200, { issue: String(a), sides: [[second]], rest: [first, third] }])
    expect([...(await place.issues()).keys()]).toEqual([a, b])
    const hashes = await place.ask('DELETE', `organizations/refold/issues/${a}/hashes/?id=${third}`)
    expect([hashes.status, hashes.body]).toEqual([202, { issue: String(a), sides: [[third]], rest: [first] }])
    expect([...(await place.issues()).keys()]).toEqual([a, b, c])
    expect((await place.ask('DELETE', `issues/${a}/hashes/?id=${first}`)).body).toEqual({ id: ['Events with one key cannot be unmerged; write a rule.'] })
    expect((await place.ask('DELETE', `issues/${a}/hashes/`)).status).toBe(400)
    expect((await place.ask('PUT', 'issues/999999/unmerge/', { sides: [['x']] })).status).toBe(404)
  })

  test('and merging again with the command id of before: answered as the first time, nothing appended', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const once = () => place.shop('PUT', `issues/?id=${b}&id=${c}`, { merge: 1 }, headers)
    const first = await once()
    expect(first.body).toEqual({ merge: { parent: String(b), children: [String(c)] } })
    const before = await place.head()
    const second = await once()
    expect([second.status, second.body, positionOf(second)]).toEqual([200, first.body, positionOf(first)])
    expect(await place.head()).toBe(before)
    const keys = (await place.issues()).get(b)!
    expect((await place.ask('DELETE', `issues/${b}/hashes/?id=${keys[1]}`)).status).toBe(202)
  })
})
