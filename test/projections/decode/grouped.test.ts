// A generation that is not live reads less of each event than the main fold. What it makes of it must be the same.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Fact } from '../../../core/fact.ts'
import { defaultSettings } from '../../../core/project/settings.ts'
import { decodeFact, decodeGrouped, type ReadConfig } from '../../../projections/decode/decode.ts'
import { eventEnvelope } from '../../given.ts'

const config: ReadConfig = { grouping: { version: 'v2' }, others: [{ name: 'v1', grouping: { version: 'v1' } }], settings: defaultSettings }
const withPatterns: ReadConfig = { ...config, settings: { ...defaultSettings, scrubPatterns: ['[a-z]+@[a-z]+'] } }

test.each([
  ['our own fixtures', new URL('../../fixtures/events/', import.meta.url)],
  ['the corpus (none where ../shared/corpus/grouping is absent)', new URL('../../../../shared/corpus/grouping/events/', import.meta.url)],
])('it is for %s', (_, folder) => {
  if (!existsSync(folder)) return
  for (const file of readdirSync(folder)) {
    const event = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, unknown>
    const secret = { ...event, extra: { password: 'hunter2' }, breadcrumbs: [{ message: 'at bob@example' }], modules: { a: '1' } }
    const fact = toFact(secret)
    for (const by of [config, withPatterns]) {
      const whole = decodeFact(fact, () => by).event!
      const { summary, grouping, others } = decodeGrouped(fact, by).event!
      expect({ file, grouping, others }).toEqual({ file, grouping: whole.grouping, others: whole.others })
      expect(whole.summary).toMatchObject(summary)
    }
  }
})

function toFact(event: Record<string, unknown>): Fact {
  const { meta, eventId, ...envelope } = eventEnvelope(1, event, { eventId: '0'.repeat(32) })
  return { ...envelope, eventId, meta: meta ?? {}, position: 7, kind: 'e', recordedAt: new Date('2026-11-22T10:00:00Z'), version: 1, stream: null, commandId: null } as Fact
}
