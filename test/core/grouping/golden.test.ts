// A released version never changes a key. These files are written once per version and only added to: if one of these tests
// fails, the change belongs into a new version.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readPayload } from '../../../core/event/payload.ts'
import { group } from '../../../core/grouping/group.ts'
import type { GroupingVersion } from '../../../core/grouping/types.ts'
import { hasCorpus, readCorpus, readOwnEvents, withoutCorpus } from './events.ts'

function readGolden(name: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Record<string, string>
}

function keysOf(events: Map<string, Buffer>, version: GroupingVersion): { raw: Record<string, string>; clean: Record<string, string> } {
  const raw: Record<string, string> = {}
  const clean: Record<string, string> = {}
  for (const [name, bytes] of events) {
    const payload = readPayload(bytes)
    raw[name] = group(JSON.parse(bytes.toString()), { version }).key
    clean[name] = 'event' in payload ? group(payload.event, { version }).key : payload.invalid
  }
  return { raw, clean }
}

describe.each(['v1', 'v2'] as const)('%s', (version) => {
  test('gives our own events the keys it always gave, as they come through the clean-up', () => {
    expect(keysOf(readOwnEvents(), version).clean).toEqual(readGolden(`golden-${version}.json`))
  })

  test.skipIf(!hasCorpus)('gives every event of the corpus the key it always gave, raw and cleaned', withoutCorpus, () => {
    const { raw, clean } = keysOf(readCorpus(), version)
    expect(raw).toEqual(readGolden(`golden-${version}-corpus.json`))
    expect(clean).toEqual(raw)
  })
})
