// Projects, keys and organizations as the API shows them: Sentry's fields; what Sentry has no place for sits under `refold`.

import { z } from 'zod'
import { projectSettings, settingsChange } from '../project/settings.ts'
import { outcomes } from '../outcome.ts'
import { maxWindow } from '../quota/categories.ts'
import { quotas } from '../quota/quota.ts'

/** `[unix seconds, count]`, oldest first. */
export const series = z.array(z.tuple([z.number(), z.number()]))

/** What is always the same is what sentry-cli cannot do without (protocol 7.1). */
export const organization = z.object({
  id: z.string(), slug: z.string(), name: z.string(), dateCreated: z.string(), quotas,
  isEarlyAdopter: z.boolean(), require2FA: z.boolean(), requireEmailVerification: z.boolean(), features: z.array(z.string()),
})
export type Organization = z.infer<typeof organization>

export const projectRef = z.object({ id: z.string(), slug: z.string(), name: z.string(), platform: z.string().nullable() })

export const project = projectRef.extend({
  dateCreated: z.string(),
  firstEvent: z.string().nullable(),
  /** Accepted events per hour, the last 24 h. */
  stats: series,
  /** Only of one project, not in lists. */
  ...projectSettings.partial().shape,
  refold: z.object({
    generation: z.string(),
    /** Open issues. */
    unresolved: z.number(),
    lastEvent: z.string().nullable(),
    /** Accepted events of the last 24 h. */
    events24h: z.number(),
    /** What the door refused in this hour and the one before, most first. */
    dropped: z.array(z.object({ outcome: z.enum(outcomes), reason: z.string(), count: z.number() })),
  }),
})
export type Project = z.infer<typeof project>

export const slugPattern = /^[a-z0-9][a-z0-9-]{0,49}$/
/** A slug of only digits would be read as an id. */
export const slug = z.string().regex(slugPattern, 'Use 1 to 50 lower-case letters, digits and dashes.').refine((text) => !/^\d+$/.test(text), 'A slug needs at least one letter.')

export const newProject = z.object({
  name: z.string().trim().min(1, 'Give the project a name.').max(64, 'At most 64 characters.'),
  slug: slug.optional(),
  platform: z.string().max(64).nullish(),
})
export type NewProject = z.infer<typeof newProject>

/** Body of `PUT projects/{org}/{project}/`: what is left out stays. */
export const projectChange = newProject.partial().extend({ slug: slug.optional(), ...settingsChange.shape })
export type ProjectChange = z.infer<typeof projectChange>
export const changedProject = projectRef.extend(projectSettings.shape)
export type ChangedProject = z.infer<typeof changedProject>

/** `PUT organizations/{org}/`: quotas of the whole installation. */
export const changedOrganization = z.object({ quotas: quotas.optional() })
export type ChangedOrganization = z.infer<typeof changedOrganization>

export const projectKey = z.object({
  id: z.string(),
  name: z.string(),
  label: z.string(),
  public: z.string(),
  isActive: z.boolean(),
  dateCreated: z.string(),
  dsn: z.object({ public: z.string() }),
  rateLimit: z.object({ window: z.number(), count: z.number() }).nullable(),
  /** Only in the list. `lastEvent`: when the last of the project's newest 1,000 events came in by this key; null = none of them did. */
  refold: z.object({ lastEvent: z.string().nullable() }).optional(),
})
export type ProjectKey = z.infer<typeof projectKey>
export const newKey = z.object({ name: z.string().trim().min(1).max(64).default('Default') })
const rateLimit = z.object({ count: z.int().nonnegative().max(1_000_000_000), window: z.int().min(1).max(maxWindow) })
export const changedKey = z.object({ name: z.string().trim().min(1).max(64).optional(), isActive: z.boolean().optional(), rateLimit: rateLimit.nullable().optional() })

/** An event that the server made: `GET projects/{org}/{project}/events/{eventID}/` reads it. */
export const createdSample = z.object({ eventID: z.string() })
export type CreatedSample = z.infer<typeof createdSample>

export const rotatedKey = z.object({ keepOld: z.boolean().default(true) })

/** One accepted event, or the latest of a kind of outcome, newest first: the live box of the setup page. */
export const outcome = z.object({
  dateReceived: z.string(),
  outcome: z.enum(outcomes),
  reason: z.string(),
  category: z.string(),
  /** How many, of this outcome and reason in all; 1 for an accepted event. */
  quantity: z.number(),
  /** A sentence; of an accepted event its title. */
  detail: z.string().nullable(),
  sdk: z.string().nullable(),
  eventID: z.string().nullable(),
  issueID: z.string().nullable(),
  shortId: z.string().nullable(),
})
export type Outcome = z.infer<typeof outcome>
