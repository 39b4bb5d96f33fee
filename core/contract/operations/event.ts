// One event: as it is shown, as it was sent, and what came with it.

import { z } from 'zod'
import { event } from '../event.ts'
import { attachment, userFeedback } from '../intake.ts'
import { onIssuePaths, type Operations } from '../operation.ts'

const onProject = '/api/0/projects/:org/:project/'

export const eventOperations: Operations = {
  ...onIssuePaths({
    'GET events/:event/': { summary: 'Show an event of an issue', description: 'By its id, or `latest` or `oldest`.', answer: event },
    'GET user-reports/': { summary: 'List what users wrote about an issue', answer: z.array(userFeedback) },
  }),
  [`GET ${onProject}events/:event/`]: { summary: 'Show an event', answer: event },
  [`GET ${onProject}events/:event/json/`]: { summary: 'Download the JSON of an event', description: 'As the SDK sent it, scrubbed.', answer: z.looseObject({}) },
  [`GET ${onProject}events/:event/attachments/`]: { summary: 'List the attachments of an event', answer: z.array(attachment) },
  [`GET ${onProject}events/:event/attachments/:attachment/`]: {
    summary: 'Show an attachment, or download it', query: z.object({ download: z.string().optional().describe('With any value the file itself is answered.') }), answer: attachment,
  },
  [`GET ${onProject}user-feedback/`]: { summary: 'List what users wrote', answer: z.array(userFeedback), paged: true },
}
