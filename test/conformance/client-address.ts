// Protocol 8.6 and 8.8: whose address is kept when a proxy is in front, for a server that trusts two. See attributes.ts for the rest.

import { expect } from 'vitest'
import { startServerProcess } from '../server-process.ts'
import { A, H1, event, lines, type Case, type Sent, type Variant } from './case.ts'
import { settle, type Seen } from './seen.ts'

const auto = { message: 'x', user: { ip_address: '{{auto}}' } }
const text = JSON.stringify(auto)
const forwarded = (value: string): Sent => ({ ...lines(H1, '{"type":"event"}', text), headers: { ...A, 'x-forwarded-for': value } })
const from = (value: string, address: string): Variant => ({ name: value.slice(0, 40), send: forwarded(value), check: checkAddress(address) })

function checkAddress(address: string) {
  return async ({ view, read }: Seen): Promise<void> => {
    const shown = await view()
    expect(shown.user?.ip_address).toBe(address)
    expect(await (await read(`events/${shown.eventID}/`)).text()).not.toContain('{{auto}}')
  }
}

/** The same request to a server that trusts nobody. */
async function checkUntrusted(seen: Seen): Promise<void> {
  const { server, project } = seen
  const { rows } = await server.pool.query<{ key: string }>('select public_key as key from project_key where project_id = $1 and is_active', [project.id])
  const direct = await startServerProcess(server.databaseUrl)
  try {
    const id = 'a'.repeat(32)
    const body = `{"event_id":"${id}"}\n{"type":"event"}\n${text}`
    const answer = await fetch(`${direct.url}/api/${project.id}/envelope/?sentry_key=${rows[0]!.key}`, { method: 'POST', headers: { 'x-forwarded-for': '203.0.113.9' }, body })
    expect(answer.status).toBe(200)
    await settle(server)
    expect((await seen.view(id)).user?.ip_address).toBe('127.0.0.1')
  } finally {
    await direct.end('SIGTERM')
  }
}

export const clientAddress: Case[] = [
  {
    id: 118, given: 'X-Forwarded-For from a proxy that is trusted, and from anybody', of: [
      from('203.0.113.9, 10.0.0.1', '203.0.113.9'),
      from('6.6.6.6, 203.0.113.9, 10.0.0.1', '203.0.113.9'),
      from('203.0.113.9', '203.0.113.9'),
      event({ platform: 'javascript', message: 'x' }, { user: { ip_address: '127.0.0.1' } }, { name: 'none' }),
      { ...from('203.0.113.7', '203.0.113.7'), name: 'untrusted', check: checkUntrusted },
    ],
  },
  {
    id: 158, given: 'X-Forwarded-For of all kinds', of: [
      from('"><script>', '127.0.0.1'), from('::ffff:1.2.3.4', '1.2.3.4'), from('[::1]:80', '::1'), from(`${'1.1.1.1, '.repeat(1_000)}9.9.9.9, 10.0.0.1`, '9.9.9.9'),
    ],
  },
]
