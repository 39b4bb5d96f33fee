// The web API as main.ts serves it, on a port of its own with a database of its own, and a person or a token to talk to it.

import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { readConfig, type Config } from '../../core/config.ts'
import { createAccount } from '../../ingest/auth/accounts.ts'
import { registerGenerationCommands } from '../../ingest/commands/generations.ts'
import { createServer } from '../../ingest/server.ts'
import { scopes, type Access, type Role, type Scope } from '../../core/access.ts'
import { createGenerationControl } from '../../projections/generations/control.ts'
import { createIssueFinder } from '../../projections/issues/finder.ts'
import { registerReads } from '../../projections/routes.ts'
import { createTestDatabase } from '../database.ts'
import { givenToken } from '../given.ts'
import { checkAnswer } from './answers.ts'

export type Reply = { status: number; body: unknown; headers: Headers; cookie: string | undefined }
export type Ask = { body?: unknown; cookie?: string | undefined; token?: string; headers?: Record<string, string> }
export const password = 'correct horse battery'

export type App = Awaited<ReturnType<typeof startApp>>

/** Routes that need more than a database: what main.ts adds beside those below. */
type More = (app: FastifyInstance, deps: { pool: Pool; databaseUrl: string; config: Config }) => void | Promise<void>

export async function startApp(env: Record<string, string> = {}, more: readonly More[] = []) {
  const database = await createTestDatabase()
  const { pool } = database
  const read = readConfig(env)
  if ('problems' in read) throw new Error(read.problems.join(' '))
  const { config } = read
  const routes: { method: string; url: string; access: Access }[] = []
  let decided = 0
  const server = createServer({
    config,
    log: false,
    build: 'test',
    pool,
    sessionSecret: 's'.repeat(32),
    findIssues: createIssueFinder(pool),
    onDecided: () => void decided++,
    routes: [
      (app) => registerReads(app, { pool, config }),
      (app) => registerGenerationCommands(app, { pool, control: createGenerationControl(pool, () => undefined) }),
      ...more.map((register) => (app: FastifyInstance) => register(app, { pool, databaseUrl: database.url, config })),
    ],
  })
  server.addHook('onRoute', ({ method, url, config: { access } = {} }) => {
    for (const one of [method].flat()) routes.push({ method: one, url, access: access! })
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  const origin = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`

  async function ask(method: string, path: string, { body, cookie, token, headers = {} }: Ask = {}): Promise<Reply> {
    const response = await fetch(origin + path, {
      method,
      headers: {
        ...(cookie !== undefined && { cookie, origin }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      redirect: 'manual',
    })
    const text = await response.text()
    const json = response.headers.get('content-type')?.startsWith('application/json') && text !== ''
    const answer: unknown = json ? JSON.parse(text) : text
    if (json) checkAnswer(method, path, response.status, answer)
    return { status: response.status, body: answer, headers: response.headers, cookie: response.headers.get('set-cookie')?.split(';')[0] }
  }

  return {
    pool,
    database,
    server,
    routes,
    origin,
    ask,
    decided: () => decided,
    /** An account and a token with all that its role allows. `projects`: ids of those it belongs to; null = all. */
    async person(email: string, role: Role = 'owner', held: readonly Scope[] = scopes, projects: number[] | null = null) {
      const account = (await createAccount(pool, { email, password, role, projects }))!
      return { id: account.id, email, token: await givenToken(pool, account.id, held) }
    },
    async signIn(email: string): Promise<string> {
      return (await ask('POST', '/api/0/auth/login/', { body: { username: email, password } })).cookie!
    },
    async stop(): Promise<void> {
      await server.close()
      await database.drop()
    },
  }
}
