// Which events are one issue: an event and a configuration in, a key and its reasons out (grouping.md 1). Called by the
// fold for every event, and again by the event page to explain the key.
// A new version is a new folder and a line in `contribute`; released ones stay for good.

import { fillVariables, readFingerprint, type FingerprintPart } from './fingerprint.ts'
import { isObject, readText, type JsonObject } from './front.ts'
import { encodeKey } from './key.ts'
import type { Component, Contribution, FrameTrace, Grouping, GroupingConfig, RuleMatch } from './types.ts'
import { contributeV1 } from './v1.ts'
import { contributeV2 } from './v2/contribute.ts'

const titleLimit = 512

/**
 * Pure and total: any JSON value gets a key, nothing throws, nothing is changed; each string counts up to 2,048 units.
 * `trace`, if given, is filled with what became of each frame; it changes nothing else.
 */
export function group(event: unknown, config: GroupingConfig, trace?: FrameTrace): Grouping {
  const payload = isObject(event) ? event : {}
  const rule = config.rules?.match(payload)
  const grouping = rule ? groupByRule(payload, rule, config, trace) : groupByClient(payload, config, trace)
  return rule ? { ...grouping, ...describeRule(rule, payload) } : grouping
}

/** The rule's parts stand for the client's fingerprint. */
function groupByRule(event: JsonObject, rule: RuleMatch, config: GroupingConfig, trace?: FrameTrace): Grouping {
  const source = `fingerprint from the project rule ${rule.text}`
  const parts = readFingerprint(rule.parts, event)
  if (parts.length > 0) return groupByParts(event, parts, source, config, trace)
  const grouping = groupByDefault(event, config, trace)
  return { ...grouping, notes: [source, ...grouping.notes] }
}

function groupByClient(event: JsonObject, config: GroupingConfig, trace?: FrameTrace): Grouping {
  const parts = readFingerprint(event.fingerprint, event)
  return parts.length > 0 ? groupByParts(event, parts, 'fingerprint from the client', config, trace) : groupByDefault(event, config, trace)
}

function groupByParts(event: JsonObject, parts: FingerprintPart[], source: string, config: GroupingConfig, trace?: FrameTrace): Grouping {
  if (!parts.includes(null)) return finish('fp', 'fingerprint', parts.map((part) => ['F', part ?? '']), [source])
  const inner = contribute(event, config, trace)
  return finish(config.version, `hybrid+${inner.strategy}`, mix(parts, inner.components), [source, ...inner.notes])
}

function groupByDefault(event: JsonObject, config: GroupingConfig, trace?: FrameTrace): Grouping {
  if (typeof event.checksum === 'string' && event.checksum !== '') {
    return finish('fp', 'fingerprint', [['F', 'checksum'], ['F', readText(event.checksum)]], ['fingerprint from the checksum'])
  }
  const { strategy, components, notes } = contribute(event, config, trace)
  return finish(config.version, strategy, components, notes)
}

function contribute(event: JsonObject, config: GroupingConfig, trace?: FrameTrace): Contribution {
  switch (config.version) {
    case 'v1':
      return contributeV1(event)
    case 'v2':
      return contributeV2(event, config.frameRules, trace)
  }
}

/** The default components stand once, where they were first named. */
function mix(parts: FingerprintPart[], inner: Component[]): Component[] {
  const first = parts.indexOf(null)
  return parts.flatMap((part, index): Component[] => {
    if (part !== null) return [['F', part]]
    return index === first ? [['D', ''], ...inner, ['/', '']] : []
  })
}

function describeRule({ line, text, title }: RuleMatch, event: JsonObject): Pick<Grouping, 'rule' | 'title'> {
  return { rule: { line, text }, ...(title !== undefined && { title: fillVariables(title, event).slice(0, titleLimit) }) }
}

function finish(version: Grouping['version'], strategy: string, components: Component[], notes: string[]): Grouping {
  return { key: encodeKey(version, components), version, strategy, components, notes }
}
