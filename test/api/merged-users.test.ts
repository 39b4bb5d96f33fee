import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Issue } from '../../core/contract/issue.ts'
import { failure, foldAll, givenEvents, givenProject } from '../given.ts'
import { startApp, type App } from './app.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.stop())

test('a user who met both of two merged issues counts once, and twice again when they are apart', async () => {
  const { token } = await app.person('eva@example.com')
  await givenProject(app.pool, 1, 'shop')
  const user = (id: string): Record<string, unknown> => ({ user: { id } })
  const [a, b] = await givenEvents(app.pool, 1, [failure('A', 'a', user('1')), failure('B', 'b', user('1')), failure('B', 'b', user('2'))])
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    await foldAll(app.pool)
    const reply = await app.ask(method, `/api/0/${path}`, { token, ...(body === undefined ? {} : { body }) })
    expect(reply.status).toBe(200)
    await foldAll(app.pool)
    return reply.body
  }
  const users = async (): Promise<number[]> => ((await ask('GET', 'projects/refold/shop/issues/?sort=new')) as Issue[]).map((issue) => issue.userCount).toSorted()
  expect(await users()).toEqual([1, 2])
  await ask('PUT', `projects/refold/shop/issues/?id=${a}&id=${b}`, { merge: 1 })
  expect(await users()).toEqual([2])
  expect(await ask('GET', `issues/${a}/`)).toMatchObject({ userCount: 2, count: '3' })
  const hashes = (await ask('GET', `issues/${a}/hashes/`)) as { id: string }[]
  await ask('PUT', `issues/${a}/unmerge/`, { sides: [[hashes[1]!.id]] })
  expect(await users()).toEqual([1, 2])
})
