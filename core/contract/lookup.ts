// What is found by its name alone: an event by its id, an issue by its short id (Sentry's shapes).

import { z } from 'zod'
import { event } from './event.ts'
import { issue } from './issue.ts'

export const foundEvent = z.object({ organizationSlug: z.string(), projectSlug: z.string(), groupId: z.string(), eventId: z.string(), event })
export type FoundEvent = z.infer<typeof foundEvent>

export const foundShortId = z.object({ organizationSlug: z.string(), projectSlug: z.string(), groupId: z.string(), group: issue, shortId: z.string() })
export type FoundShortId = z.infer<typeof foundShortId>

export const environment = z.object({ id: z.string(), name: z.string(), isHidden: z.boolean() })
export type Environment = z.infer<typeof environment>
