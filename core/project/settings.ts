// What a project's owner may set about what comes in: privacy, filters, origins, quotas. Kept as facts (`project.configured`); the
// door reads it to admit and to scrub, the fold and every read to filter and scrub. Names as in Sentry's project options where it has them.

import { z } from 'zod'
import { quotas } from '../quota/quota.ts'

const words = z.array(z.string().trim().min(1).max(200)).max(100)

export const projectSettings = z.object({
  /** Scrub at all (protocol 6). */
  dataScrubber: z.boolean(),
  /** With the default rules, not only the project's own. */
  dataScrubberDefaults: z.boolean(),
  /** Parts of field names whose values are removed. */
  sensitiveFields: words,
  /** Field names that no rule touches. */
  safeFields: words,
  /** Regular expressions in RE2's syntax, which cannot take more than linear time; what they match in a value becomes `[Filtered]`. */
  scrubPatterns: z.array(z.string().min(1).max(500)).max(20),
  /** Never store IP addresses: not in tables, not in answers, and not in the log. */
  scrubIPAddresses: z.boolean(),
  /** Scrub before the append: event items are re-encoded, and items that cannot be scrubbed are not stored. */
  scrubAtDoor: z.boolean(),
  /** Origins of browsers that may send: `*`, `example.com`, `*.example.com`, `https://example.com:8443`. Requests without an origin always may. */
  allowedDomains: words,
  filters: z.object({
    browserExtensions: z.boolean(),
    legacyBrowsers: z.boolean(),
    localhost: z.boolean(),
    webCrawlers: z.boolean(),
    /** Globs over `type: value` and message. */
    errorMessages: words,
    /** Globs. */
    releases: words,
  }),
  /** Null = `defaultQuotas`. */
  quotas: quotas.nullable(),
})
export type ProjectSettings = z.infer<typeof projectSettings>

export const defaultSettings: ProjectSettings = {
  dataScrubber: true,
  dataScrubberDefaults: true,
  sensitiveFields: [],
  safeFields: [],
  scrubPatterns: [],
  scrubIPAddresses: false,
  scrubAtDoor: false,
  allowedDomains: ['*'],
  filters: { browserExtensions: false, legacyBrowsers: false, localhost: false, webCrawlers: false, errorMessages: [], releases: [] },
  quotas: null,
}

/** What a request may change; `filters` one by one too. */
export const settingsChange = projectSettings.partial().extend({ filters: projectSettings.shape.filters.partial().optional() })
export type SettingsChange = z.infer<typeof settingsChange>

export function changeSettings(settings: ProjectSettings, change: SettingsChange): ProjectSettings {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const filters = Object.fromEntries(Object.entries(change.filters ?? {}).filter(([, value]) => value !== undefined))
  return { ...settings, ...given, filters: { ...settings.filters, ...filters } }
}

/** Settings as a table keeps them: JSON text. What a later version added has its default. */
export function readSettings(text: string): ProjectSettings {
  return changeSettings(defaultSettings, settingsChange.parse(JSON.parse(text)))
}
