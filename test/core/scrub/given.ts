// Settings and short hands for the tests of core/scrub.

import type { JsonObject } from '../../../core/event/json.ts'
import { defaultSettings, type ProjectSettings } from '../../../core/project/settings.ts'
import { scrubEvent } from '../../../core/scrub/scrub.ts'

export function settings(change: Partial<ProjectSettings> = {}): ProjectSettings {
  return { ...defaultSettings, ...change }
}

export function scrub(event: JsonObject, change: Partial<ProjectSettings> = {}): JsonObject {
  return scrubEvent(event, settings(change))
}

/** One value of `extra`, where every rule applies. */
export function scrubExtra(value: unknown, change: Partial<ProjectSettings> = {}): unknown {
  return (scrub({ extra: { value } }, change).extra as JsonObject).value
}
