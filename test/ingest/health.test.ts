import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../server.ts'

const metricsToken = 'only-for-prometheus'
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { METRICS_TOKEN: metricsToken } })
})
afterAll(() => server.stop())

const ask = async (path: string, authorization?: string): Promise<[number, string]> => {
  const response = await fetch(server.url + path, authorization === undefined ? {} : { headers: { authorization } })
  return [response.status, await response.text()]
}

test('one word for anybody, without a version', async () => {
  expect(await ask('/_health/')).toEqual([200, 'ok'])
  expect(await ask('/health/live')).toEqual([200, 'alive'])
  expect(await ask('/health/ready')).toEqual([200, 'ready'])
})

test('metrics are for who has their token', async () => {
  for (const authorization of [undefined, 'Bearer wrong', `Bearer ${server.token}`, metricsToken]) expect((await ask('/metrics', authorization))[0]).toBe(401)
  const [status, text] = await ask('/metrics', `Bearer ${metricsToken}`)
  expect(status).toBe(200)
  const values = Object.fromEntries([...text.matchAll(/^([a-z_]+)(?:\{.*\})? ([\d.e+-]+)$/gm)].map(([, name, value]) => [name, Number(value)]))
  expect(values).toMatchObject({ refold_parked_facts: 0, refold_spooling: 0, refold_fold_position: values.refold_log_position })
  expect(values.refold_log_position).toBeGreaterThan(0)
  expect(text.split('\n').filter((line) => line !== '' && !/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z]+="[a-z_]+",?)+\})? [\d.e+-]+)$/.test(line))).toEqual([])
})
