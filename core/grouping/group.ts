// Which events are one issue: an event and a configuration in, a key and its reasons out (grouping.md 1). Called by the
// fold for every event, and again by the event page to explain the key.
// A new version is a new file beside v1.ts and a line in `versions`; released ones stay for good.

import { readFingerprint } from './fingerprint.ts'
import { isObject, readText, type JsonObject } from './front.ts'
import { encodeKey } from './key.ts'
import type { Component, Contribution, Grouping, GroupingConfig } from './types.ts'
import { contributeV1 } from './v1.ts'

const versions: Record<GroupingConfig['version'], (event: JsonObject) => Contribution> = { v1: contributeV1 }

/** Pure and total: any JSON value gets a key, nothing throws, nothing is changed; each string counts up to 2,048 units. */
export function group(event: unknown, config: GroupingConfig): Grouping {
  const payload = isObject(event) ? event : {}
  const parts = readFingerprint(payload)
  if (parts.length > 0) {
    const notes = ['fingerprint from the client']
    if (!parts.includes(null)) return finish('fp', 'fingerprint', parts.map((part) => ['F', part ?? '']), notes)
    const inner = versions[config.version](payload)
    return finish(config.version, `hybrid+${inner.strategy}`, mix(parts, inner.components), [...notes, ...inner.notes])
  }
  if (typeof payload.checksum === 'string' && payload.checksum !== '') {
    return finish('fp', 'fingerprint', [['F', 'checksum'], ['F', readText(payload.checksum)]], ['fingerprint from the checksum'])
  }
  const { strategy, components, notes } = versions[config.version](payload)
  return finish(config.version, strategy, components, notes)
}

/** The default components stand once, where the client first named them. */
function mix(parts: (string | null)[], inner: Component[]): Component[] {
  const first = parts.indexOf(null)
  return parts.flatMap((part, index): Component[] => {
    if (part !== null) return [['F', part]]
    return index === first ? [['D', ''], ...inner, ['/', '']] : []
  })
}

function finish(version: Grouping['version'], strategy: string, components: Component[], notes: string[]): Grouping {
  return { key: encodeKey(version, components), version, strategy, components, notes }
}
