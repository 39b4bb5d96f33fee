// Events: lists, one as it is shown, as it was sent, and what came with it.

import { z } from 'zod'
import { event, eventRow, eventTable, projectEvent } from '../event.ts'
import { attachment, userFeedback } from '../intake.ts'
import { environments, generation, period, severalProjects } from '../narrow.ts'
import { onIssuePaths, type Operations } from '../operation.ts'

const onProject = '/api/0/projects/:org/:project/'

const grammar =
  'As for issues, with these keys: level, release (latest), environment, platform, title, message, error.type, error.handled, error.unhandled, user.id, user.email, user.username, user.ip, http.url, id, timestamp, project; any other key is a tag. A request looks at 20,000 events: a page may be short, and its cursor goes on from there.'
const field = z.array(z.string()).optional()
const narrowed = { query: z.string().optional(), ...period, ...environments }

export const eventOperations: Operations = {
  ...onIssuePaths({
    'GET events/': {
      summary: 'List the events of an issue', description: grammar, answer: z.array(eventRow), paged: true,
      query: z.object({ field: field.describe('Fields and tags to add to each row, as in the table of several projects; at most 20.'), ...narrowed, ...generation }),
    },
    'GET events/:event/': {
      summary: 'Show an event of an issue', description: 'By its id, or `latest`, `oldest` or `recommended`. With a query its neighbours, and the latest and oldest, are those inside it.',
      query: z.object({ ...narrowed, ...generation }), answer: event,
    },
    'GET user-reports/': { summary: 'List what users wrote about an issue', answer: z.array(userFeedback) },
  }),
  [`GET ${onProject}events/`]: { summary: 'List the events of a project', description: grammar, query: z.object({ ...narrowed, ...generation }), answer: z.array(projectEvent), paged: true },
  'GET /api/0/organizations/:org/events/': {
    summary: 'List the events of several projects as a table of fields', description: grammar, answer: eventTable, paged: true,
    query: z.object({
      field: field.describe('id, title, timestamp, project, issue, level, release, environment, user …, or tags; at most 20.'), sort: z.enum(['-timestamp']).optional(),
      dataset: z.string().optional().describe('`errors`; of anything else there is nothing.'), ...severalProjects, ...narrowed,
    }),
  },
  [`GET ${onProject}events/:event/`]: { summary: 'Show an event', answer: event },
  [`GET ${onProject}events/:event/json/`]: { summary: 'Download the JSON of an event', description: 'As the SDK sent it, scrubbed.', answer: z.looseObject({}) },
  [`GET ${onProject}events/:event/attachments/`]: { summary: 'List the attachments of an event', answer: z.array(attachment) },
  [`GET ${onProject}events/:event/attachments/:attachment/`]: {
    summary: 'Show an attachment, or download it', query: z.object({ download: z.string().optional().describe('With any value the file itself is answered.') }), answer: attachment,
  },
  [`GET ${onProject}user-feedback/`]: { summary: 'List what users wrote', answer: z.array(userFeedback), paged: true },
}
