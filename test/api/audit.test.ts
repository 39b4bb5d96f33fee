// Who did what, as the audit log tells it.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditLog } from '../../core/contract/audit.ts'
import type { Member } from '../../core/contract/member.ts'
import { formatShortId } from '../../core/shortid.ts'
import { startShop, type Shop } from './shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await startShop()
})
afterAll(() => shop.app.stop())

const read = async (query = ''): Promise<AuditLog & { link: string }> => {
  const { body, headers } = await shop.ask('GET', `organizations/refold/audit-logs/?${query}`)
  return { ...(body as AuditLog), link: headers.get('link')! }
}

test('says who did what to what, newest first, in a sentence', async () => {
  const shortId = formatShortId('shop', shop.a)
  await shop.ask('PUT', `issues/${shop.a}/`, { status: 'resolved' })
  await shop.ask('POST', `issues/${shop.a}/comments/`, { text: 'fixed' })
  const { body } = await shop.ask('GET', 'organizations/refold/members/')
  const ben = (body as Member[]).find(({ email }) => email === 'ben@example.com')!
  await shop.ask('PUT', `organizations/refold/members/${ben.id}/`, { orgRole: 'viewer', projects: ['web'] })
  await shop.ask('DELETE', `organizations/refold/members/${ben.id}/`)
  const { rows, options } = await read()
  expect(rows.map(({ event, note }) => [event, note]).slice(0, 4)).toEqual([
    ['member.removed', 'removed ben'], ['member.changed', 'made ben viewer'], ['comment.added', `commented on ${shortId}`], ['issue.resolved', `resolved ${shortId}`],
  ])
  expect(rows[3]).toMatchObject({ actor: { name: 'eva', email: 'eva@example.com' }, targetObject: String(shop.a), targetUser: null, data: { project: 1, issue: shop.a }, refold: { project: 'shop' } })
  expect(rows[1]).toMatchObject({ targetUser: { id: ben.id, name: 'ben' }, targetObject: ben.id, data: { role: 'viewer', projects: [2] } })
  expect(rows.at(-1)).toMatchObject({ event: 'project.created', note: 'created the project shop', dateCreated: expect.stringMatching(/^\d{4}-.*Z$/) })
  expect(options).toContain('token.created')
  expect(JSON.stringify(rows)).not.toContain('"keys"')
})

test('is filtered by kind of decision and by person, and comes in pages both ways', async () => {
  expect((await read('event=member')).rows.map(({ event }) => event)).toEqual(['member.removed', 'member.changed'])
  expect((await read('event=issue.resolved&event=comment.added')).rows).toHaveLength(2)
  const all = (await read()).rows.map(({ id }) => id)
  const eva = (await read('event=issue.resolved')).rows[0]!.actor!.id
  const hers = await read(`actor=${eva}`)
  expect(hers.rows.every(({ actor }) => actor?.id === eva)).toBe(true)
  expect((await read('actor=999')).rows).toEqual([])
  expect((await read('actor=system:nobody')).rows).toEqual([])

  const first = await read('per_page=3')
  const next = /cursor="([^"]*)"$/.exec(first.link)![1]!
  const second = await read(`per_page=3&cursor=${next}`)
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(all.slice(0, 6))
  const back = /rel="previous"; results="true"; cursor="([^"]*)"/.exec(second.link)![1]!
  expect((await read(`per_page=3&cursor=${back}`)).rows.map(({ id }) => id)).toEqual(all.slice(0, 3))

  const unknown = await shop.ask('GET', 'organizations/refold/audit-logs/?event=nothing')
  expect([unknown.status, unknown.body]).toEqual([400, { event: ['There is no event nothing.'] }])
})
