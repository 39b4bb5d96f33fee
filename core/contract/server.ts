// What the server says of itself.

import { z } from 'zod'

export const health = z.object({
  /** `spooling`: envelopes wait on disk, so many and of so many bytes. */
  intake: z.object({ mode: z.enum(['direct', 'spooling']), records: z.number(), bytes: z.number() }),
  /** Of the log; how far it is folded; facts that could not be. */
  position: z.number(),
  folded: z.number(),
  parked: z.number(),
})
export type Health = z.infer<typeof health>
