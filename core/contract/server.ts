// The server itself as the API shows it: whether what comes in is stored, and how far it is folded.

import { z } from 'zod'

export const health = z.object({
  /** `spooling`: the database is away, and envelopes wait on disk. */
  intake: z.object({ mode: z.enum(['direct', 'spooling']), records: z.number(), bytes: z.number() }),
  /** Of the log, and how far it is folded. */
  position: z.number(), folded: z.number(),
  /** Facts that could not be. */
  parked: z.number(),
})
export type Health = z.infer<typeof health>
