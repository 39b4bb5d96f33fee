// Tags of issues and projects as the API shows them.

import { z } from 'zod'

export const tagKey = z.object({ key: z.string(), name: z.string() })
export type TagKey = z.infer<typeof tagKey>

export const tagValue = z.object({
  key: z.string(),
  name: z.string(),
  value: z.string(),
  /** Of a project: at least so many. */
  count: z.number(),
  firstSeen: z.string(),
  lastSeen: z.string(),
})
export type TagValue = z.infer<typeof tagValue>
