// A project's settings as rules: names and patterns made ready once, not for every event.

import type { ProjectSettings } from '../project/settings.ts'
import { compilePatterns } from './patterns.ts'
import type { Rules } from './run.ts'

export type ScrubSettings = Pick<ProjectSettings, 'dataScrubber' | 'dataScrubberDefaults' | 'sensitiveFields' | 'safeFields' | 'scrubPatterns' | 'scrubIPAddresses'>

const ready = new WeakMap<ScrubSettings, Rules>()
/** By their text too: whoever reads settings anew for each batch has equal ones that are not the same. */
const readyByText = new Map<string, Rules>()
const rememberedSettings = 200

/** Null where nothing is to be done. Settings are not to be changed afterwards. */
export function readRules(settings: ScrubSettings): Rules | null {
  if (!settings.dataScrubber && !settings.scrubIPAddresses) return null
  const known = ready.get(settings)
  if (known !== undefined) return known
  const { dataScrubber, dataScrubberDefaults, sensitiveFields, safeFields, scrubPatterns, scrubIPAddresses } = settings
  const text = JSON.stringify([dataScrubber, dataScrubberDefaults, sensitiveFields, safeFields, scrubPatterns, scrubIPAddresses])
  const rules = readyByText.get(text) ?? prepareRules(settings)
  if (readyByText.size >= rememberedSettings) readyByText.clear()
  readyByText.set(text, rules)
  ready.set(settings, rules)
  return rules
}

function prepareRules(settings: ScrubSettings): Rules {
  const own = settings.dataScrubber
  return {
    defaults: own && settings.dataScrubberDefaults,
    safe: own ? settings.safeFields.map((name) => name.toLowerCase()) : [],
    asked: own ? settings.sensitiveFields.map((name) => name.toLowerCase()) : [],
    patterns: own ? compilePatterns(settings.scrubPatterns) : [],
    addresses: settings.scrubIPAddresses,
    kinds: new Map(),
  }
}
