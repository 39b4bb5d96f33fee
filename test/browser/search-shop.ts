// Issues that searches tell apart: six, one of them resolved and one assigned to the owner.

import type { App } from './app.ts'
import { nodeError } from './events.ts'

/** The oldest first. */
const failures = [
  nodeError('CartError', 'the cart is empty', { release: 'shop@1.0', environment: 'production', tags: { page: '/cart' }, user: { email: 'ada@example.com' } }),
  nodeError('CartError', 'the cart is empty', { release: 'shop@1.0', environment: 'production', tags: { page: '/cart' }, user: { id: '7', email: 'ben@example.com' } }),
  nodeError('PayError', 'card refused', { release: 'shop@2.0', environment: 'staging', tags: { page: 'check out' } }),
  nodeError('PayTimeout', 'no answer of the bank', { release: 'shop@2.1', environment: 'production', level: 'warning', tags: { page: 'check out' } }),
  nodeError('StockError', 'no such cup', { level: 'fatal', environment: 'staging' }),
  nodeError('MailError', 'cannot send', { release: 'shop@2.1', level: 'warning' }),
]

export async function fillShop(app: App): Promise<void> {
  for (const failure of failures) await app.send(app.server.project, { ...failure, timestamp: Date.now() / 1000 })
  const { data } = await app.server.client.issues('shop', { query: '' })
  const find = (type: string): string => data.find((issue) => issue.title.startsWith(type))!.id
  const { data: members } = await app.server.client.members()
  await app.server.client.updateIssue(find('MailError'), { status: 'resolved' })
  await app.server.client.updateIssue(find('PayError'), { assignedTo: `user:${members[0]!.id}` })
}
