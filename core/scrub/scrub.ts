// Data scrubbing (protocol 6). Being written: passes everything through.

import type { JsonObject } from '../event/json.ts'
import type { ProjectSettings } from '../project/settings.ts'

export type ScrubSettings = Pick<ProjectSettings, 'dataScrubber' | 'dataScrubberDefaults' | 'sensitiveFields' | 'safeFields' | 'scrubPatterns' | 'scrubIPAddresses'>
export type OnScrub = (rule: string, path: string) => void

export function scrubEvent(event: JsonObject, _settings: ScrubSettings, _onScrub?: OnScrub): JsonObject {
  return event
}

export function scrubText(text: string, _settings: ScrubSettings): string {
  return text
}
