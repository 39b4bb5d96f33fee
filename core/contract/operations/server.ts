// The server itself: what it is, how it does, how its API is described, and what happens in it as it happens.

import { z } from 'zod'
import { livePoll } from '../live.ts'
import type { Operations } from '../operation.ts'
import { health } from '../server.ts'

export const serverOperations: Operations = {
  'GET /api/0/internal/health/': { summary: 'Show whether what comes in is stored and folded', answer: health },
  'GET /api/0/openapi.json': { summary: 'Describe this API', description: 'As an OpenAPI 3.1 document.', answer: z.looseObject({ openapi: z.string() }) },
  'GET /api/0/docs/': { summary: 'Read this page', contentType: 'text/html' },
  'GET /api/0/organizations/:org/live/': {
    summary: 'Follow what happens', contentType: 'text/event-stream', extension: true,
    description: 'A stream of server-sent events: `hello`, `issues`, `outcome`, `generation`, `gap`. The id of each is a log position; `Last-Event-ID` goes on from there. With `Accept: application/json` it answers once, as soon as there is something after the position `after`, at the latest after 25 seconds.',
    query: z.object({ after: z.string().optional().describe('A position.') }), answer: livePoll,
  },
}
