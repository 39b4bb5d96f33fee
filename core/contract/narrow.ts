// What narrows a list, wherever it is asked: fields of the schemas behind the question mark.

import { z } from 'zod'

/** What narrows a list to a time. */
export const period = {
  statsPeriod: z.string().optional().describe('Like `24h` or `14d`, back from now.'),
  start: z.string().optional().describe('ISO time, UTC without a zone.'),
  end: z.string().optional().describe('ISO time, UTC without a zone.'),
}
export const environments = { environment: z.array(z.string()).optional().describe('Once or several times.') }
export const severalProjects = { project: z.array(z.string()).optional().describe('Slugs or ids; default all that you see.') }
export const generation = { generation: z.string().optional().describe('Id of a generation; default the live one.') }
