// A released version never changes a key. These files are written once per version and never again: if one of these tests
// fails, the change belongs into a new version.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readPayload } from '../../../core/event/payload.ts'
import { group } from '../../../core/grouping/group.ts'

const events = new URL('../../fixtures/events/', import.meta.url)
const corpus = new URL('../../../../shared/corpus/grouping/events/', import.meta.url)

function readGolden(name: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Record<string, string>
}

function keysOf(folder: URL): { raw: Record<string, string>; clean: Record<string, string> } {
  const raw: Record<string, string> = {}
  const clean: Record<string, string> = {}
  for (const file of readdirSync(folder).sort()) {
    const bytes = readFileSync(new URL(file, folder))
    const name = file.replace(/\.json$/, '')
    const payload = readPayload(bytes)
    raw[name] = group(JSON.parse(bytes.toString()), { version: 'v1' }).key
    clean[name] = 'event' in payload ? group(payload.event, { version: 'v1' }).key : payload.invalid
  }
  return { raw, clean }
}

describe('v1', () => {
  test('gives our own events the keys it always gave, as they come through the clean-up', () => {
    expect(keysOf(events).clean).toEqual(readGolden('golden-v1.json'))
  })

  test.skipIf(!existsSync(corpus))('gives every event of the corpus the key it always gave, raw and cleaned (skipped where ../shared/corpus/grouping is absent)', () => {
    const { raw, clean } = keysOf(corpus)
    expect(raw).toEqual(readGolden('golden-v1-corpus.json'))
    expect(clean).toEqual(raw)
  })
})
