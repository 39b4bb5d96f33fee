// A message that the SDK sends with a stack of its own making (attachStacktrace).

import { expect, test } from 'vitest'
import { summariseEvent } from '../../../core/event/summary.ts'

const context = { eventId: 'a'.repeat(32), receivedAt: new Date('2026-03-10T00:00:00Z'), remoteAddr: null, meta: {} }
const synthetic = { values: [{ value: 'Queue is full', mechanism: { type: 'generic', synthetic: true }, stacktrace: { frames: [{ function: 'logMessages', in_app: true }] } }] }

test('is called by its message, not by the function that logged it', () => {
  expect(summariseEvent({ message: 'Queue is full\nsecond line', exception: synthetic }, context)).toMatchObject({ title: 'Queue is full', metadata: { title: 'Queue is full' } })
})

test('without a message it keeps the name of its function (case 105)', () => {
  expect(summariseEvent({ exception: synthetic }, context).title).toBe('logMessages')
})
