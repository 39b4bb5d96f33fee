// What a project's rules about private data would take out of an event, before they are saved.

import { z } from 'zod'
import { projectSettings } from '../project/settings.ts'
import { scrubRules } from '../scrub/run.ts'

const rules = projectSettings.pick({ dataScrubber: true, dataScrubberDefaults: true, sensitiveFields: true, safeFields: true, scrubPatterns: true, scrubIPAddresses: true })

export const scrubbingTest = z.object({
  event: z.unknown().optional().describe('As an SDK sends it; without it the newest event of the project.'),
  settings: rules.partial().optional().describe('Instead of the saved ones; what is left out is as saved.'),
})
export type ScrubbingTest = z.infer<typeof scrubbingTest>

export const scrubbed = z.object({
  event: z.record(z.string(), z.unknown()),
  /** Of the stored event that was looked at; null of one that was sent. */
  eventID: z.string().nullable(),
  /** Each place that a rule hides or takes away, at most 500. */
  removed: z.array(
    z.object({
      /** From the event down; numbers of lists as text. */
      keys: z.array(z.string()),
      rule: z.enum(scrubRules),
      /** A sentence without its subject: `it looks like a card number`. */
      reason: z.string(),
      /** Only the saved settings hide it; those that are tried would not. */
      onlySaved: z.boolean(),
    }),
  ),
})
export type Scrubbed = z.infer<typeof scrubbed>
