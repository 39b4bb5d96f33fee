// What the thread that decodes sends is what the one that folds gets.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DecodedGrouped } from '../../../projections/decode/decode.ts'
import { createPacker, unpackFacts } from '../../../projections/generations/packing.ts'

const text = fc.constantFrom('', 'a', 'b', 'ä\u0001')
const optional = fc.option(text)
const time = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
const event = fc.record({
  summary: fc.record({
    seenAt: time, title: text, culprit: text, type: text, metadata: fc.record({ type: text, value: text }), level: fc.constantFrom('error' as const, 'fatal' as const), platform: text, logger: optional,
    release: optional, unhandled: fc.boolean(), userTag: optional, tags: fc.array(fc.tuple(text, text), { maxLength: 4 }),
    searchTags: fc.array(fc.tuple(text, text), { maxLength: 2 }),
  }),
  grouping: fc.oneof(fc.record({ key: text }), fc.record({ key: text, title: text })),
  others: fc.array(fc.record({ config: text, key: text }), { maxLength: 2 }),
  frames: text,
})
const decision = { type: 'grouping.discarded' as const, data: { project: 7, generation: 1 } }
const facts = fc.array(fc.tuple(time, optional, fc.option(event)), { maxLength: 12 }).map((rows) =>
  rows.map(([recordedAt, actor, folded], index): DecodedGrouped => ({
    fact: { position: index + 1, recordedAt, projectId: 7, actor: folded ? null : actor }, decision: folded ? null : decision, event: folded as DecodedGrouped['event'],
  })),
)

test('events and decisions arrive as they were sent, in their order', () => {
  fc.assert(fc.property(facts, fc.nat(12), (sent, cut) => {
    const packer = createPacker(7)
    packer.add(sent.slice(0, cut))
    packer.add(sent.slice(cut))
    expect(unpackFacts(structuredClone(packer.finish()))).toEqual(sent)
  }))
})
