// Protocol 8.5: what a client is told when it has sent enough, and what still passes.

import { expect } from 'vitest'
import type { ProjectSettings } from '../../core/project/settings.ts'
import { EV, H1, item, lines, multipart, type Case, type Variant } from './case.ts'
import type { Seen } from './seen.ts'

const day = 86_400
const noErrors: Partial<ProjectSettings> = { quotas: [{ categories: ['error', 'default', 'security'], count: 0, window: day }] }
const noErrorsNorTransactions: Partial<ProjectSettings> = { quotas: [...noErrors.quotas!, { categories: ['transaction'], count: 0, window: day }] }
const nothing: Partial<ProjectSettings> = { quotas: [{ categories: ['error', 'attachment', 'monitor'], count: 0, window: day }] }

const session = item('session', '{"started":"2026-02-07T14:16:00Z","attrs":{"release":"a@1"}}')
const report = item('client_report', '{"discarded_events":[{"reason":"before_send","category":"error","quantity":3}]}')
const limitOfErrors = /^\d+:(?=[a-z_;]*\berror\b)(?=[a-z_;]*\bdefault\b)(?=[a-z_;]*\bsecurity\b)[a-z_;]+:project(:[\w-]+)?$/
const grammar = /^\d+:[a-z_;]+:(organization|project|key)(:[\w-]*(:[\w;]*)?)?(, \d+:[a-z_;]+:(organization|project|key)(:[\w-]*(:[\w;]*)?)?)*$/
const seconds = /^[1-9]\d*$/
const limited: Variant = { settings: noErrors, status: 429, headers: { 'x-sentry-rate-limits': limitOfErrors, 'retry-after': seconds, 'access-control-allow-origin': /^\*$/, 'content-type': /^application\/json/ } }
const minidump = Buffer.concat([Buffer.from('MDMP'), Buffer.alloc(60)])

export const limits: Case[] = [
  {
    id: 90, given: 'an event when errors are used up', of: [
      { ...limited, send: lines(H1, EV), says: /^\{"detail":"/, outcomes: ['error rate_limited * 1'] },
      { ...limited, name: 'its attachment goes with it', send: lines(H1, EV, item('attachment', 'hello')), outcomes: ['error rate_limited * 1', 'attachment rate_limited * 1'] },
    ],
  },
  { id: 91, given: 'a session when errors are used up', of: [{ settings: noErrors, send: lines('{}', session), json: {}, stored: 0, outcomes: ['session unsupported * 1'] }] },
  {
    id: 92, given: 'an event and a session when errors are used up', of: [{
      settings: noErrors, send: lines(H1, EV, session), stored: 0, headers: { 'x-sentry-rate-limits': limitOfErrors }, outcomes: ['error rate_limited * 1', 'session unsupported * 1'],
      check: ({ answers, items }) => {
        expect(answers[0]!.headers['retry-after']).toBeUndefined()
        expect(items.map(({ type }) => type)).toEqual(['session'])
      },
    }],
  },
  { id: 93, given: 'a client report when errors are used up', of: [{ settings: noErrors, send: lines('{}', report), json: {}, stored: 0, outcomes: ['error client_discard before_send 3'] }] },
  {
    id: 94, given: 'several limits at once', of: [{
      settings: noErrorsNorTransactions, send: lines(H1, EV, item('transaction', '{}')), status: 429, headers: { 'x-sentry-rate-limits': grammar },
      check: ({ answers }) => {
        const text = String(answers[0]!.headers['x-sentry-rate-limits'])
        expect(text).toMatch(/[:;]error[;:].*, .*[:;]transaction[;:]|[:;]transaction[;:].*, .*[:;]error[;:]/)
        const longest = Math.max(...text.split(', ').map((limit) => Number(limit.split(':')[0])))
        expect(Number(answers[0]!.headers['retry-after'])).toBe(longest)
      },
    }],
  },
  {
    id: 97, given: 'a cron ping and a minidump when nothing may come', of: [
      { name: 'cron', settings: nothing, send: { method: 'GET', headers: {}, path: '/api/$PROJECT/cron/job/$KEY/?status=ok' }, status: 202, stored: 0, kept: [] },
      { name: 'minidump', settings: nothing, send: { path: '/api/$PROJECT/minidump/', ...multipart([{ name: 'upload_file_minidump', filename: 'a.dmp', bytes: minidump }]) }, stored: 0, kept: [] },
    ],
  },
  {
    id: 98, given: 'an event after the seconds that the limit named', of: [{
      settings: { quotas: [{ categories: ['error'], count: 1, window: 2 }] }, send: Array.from({ length: 3 }, () => lines('{}', EV)), status: [200, 429],
      stored: 'any', check: checkAfter,
    }],
  },
]

/** Of three at once one or two passed, as a window ended between them or not; once the seconds are over the next one passes. */
async function checkAfter({ answers, server, project }: Seen): Promise<void> {
  const refused = answers.find(({ status }) => status === 429)!
  await new Promise((resolve) => setTimeout(resolve, Number(refused.headers['retry-after']) * 1000))
  const { rows } = await server.pool.query<{ key: string }>('select public_key as key from project_key where project_id = $1 and is_active', [project.id])
  expect((await fetch(`${server.url}/api/${project.id}/envelope/?sentry_key=${rows[0]!.key}`, { method: 'POST', body: `{}\n${EV}` })).status).toBe(200)
}
