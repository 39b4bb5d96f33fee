// Times in all the forms SDKs send, and which of them are believed.

import { describe, expect, test } from 'vitest'
import { readIsoTime } from '../../../core/event/timestamps.ts'
import { present, summarise } from './given.ts'

describe('a time', () => {
  test.each([
    ['seconds', 1_700_000_000.5],
    ['seconds as text', '1700000000.5'],
    ['ISO without zone, which is UTC', '2023-11-14T22:13:20.5'],
    ['ISO with a blank and an offset', '2023-11-14 22:13:20.5+00:00'],
    ['ISO with nanoseconds and a local offset, as Go sends it', '2023-11-14T23:13:20.500456789+01:00'],
    ['ISO with a comma and an offset without colon', '2023-11-14T17:13:20,5-0500'],
    ['ISO with Z', '2023-11-14T22:13:20.500Z'],
  ])('may come as %s', (_, sent) => {
    expect(readIsoTime(sent, 0)).toBe('2023-11-14T22:13:20.500Z')
  })

  test('does not depend on the zone of the server', () => {
    const zone = process.env.TZ
    process.env.TZ = 'America/New_York'
    expect(readIsoTime('2023-11-14 22:13:20', 0)).toBe('2023-11-14T22:13:20.000Z')
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  })

  test.each([['a word', 'soon'], ['out of range', 1e18], ['an offset of 99 hours', '2023-11-14T22:13:20+99:99'], ['month 13', '2023-13-01T00:00:00Z'], ['infinite', Infinity], ['true', true], ['an object', {}], ['a long text', '1'.repeat(1e6)]])(
    'is unreadable if it is %s',
    (_, sent) => {
      expect(readIsoTime(sent, 0)).toBeNull()
    },
  )
})

describe('when an event happened', () => {
  const received = '2026-03-08T21:00:00.000Z'

  test('is what it says, if that is believable', () => {
    expect(summarise({ timestamp: '2026-03-08T20:59:00Z' }).seenAt.toISOString()).toBe('2026-03-08T20:59:00.000Z')
    expect(summarise({ timestamp: '2026-03-08T21:00:59Z' }).seenAt.toISOString()).toBe('2026-03-08T21:00:59.000Z')
    expect(summarise({ timestamp: '2026-02-07T20:00:00Z' }).seenAt.toISOString()).toBe('2026-02-07T20:00:00.000Z')
  })

  test.each([
    ['an hour ahead', '2026-03-08T22:00:00Z', 'future_timestamp'],
    ['forty days old', '2026-01-27T21:00:00Z', 'past_timestamp'],
    ['before 1970', -1, 'past_timestamp'],
    ['in the year 1', '0001-01-01T00:00:00Z', 'past_timestamp'],
    ['unreadable', 'soon', 'invalid_data'],
  ])('is when it arrived if it is %s, and the page says so', (_, timestamp, problem) => {
    const event = present({ timestamp })
    expect(event.dateCreated).toBe(received)
    expect(event.errors).toContainEqual(expect.objectContaining({ type: problem, data: { name: 'timestamp' } }))
  })

  test('is when it arrived if it does not say, and nothing is wrong with that', () => {
    expect(present({})).toMatchObject({ dateCreated: received, dateReceived: received, errors: [] })
  })
})
