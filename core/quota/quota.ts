// How much of what may come in: quotas of a key, a project or the installation, by category (protocol 3). Kept as facts in
// the log; ingest/quota counts against them in memory.

import { z } from 'zod'
import { categories, maxWindow } from './categories.ts'

/** At most `count` items of `categories` in each window of `window` seconds; windows begin at multiples of their length since 1970. */
export const quota = z.object({
  categories: z.array(z.enum(categories)).min(1).max(categories.length),
  count: z.int().nonnegative().max(1_000_000_000),
  window: z.int().min(1).max(maxWindow),
})
export type Quota = z.infer<typeof quota>
export const quotas = z.array(quota).max(20)
