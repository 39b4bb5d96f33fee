// Operations on what is found by its name alone.

import type { Operations } from '../operation.ts'
import { event } from '../event.ts'
import { foundEvent, foundShortId } from '../lookup.ts'

export const lookupOperations: Operations = {
  'GET /api/0/organizations/:org/events/:event/': {
    summary: 'Read an event by its id, in whatever project it is', answer: event,
    description: '`PROJECT:ID` names the project too. Of equal ids in several projects the newest event is answered.',
  },
  'GET /api/0/organizations/:org/eventids/:event/': { summary: 'Find the project and the issue of an event id', answer: foundEvent },
  'GET /api/0/organizations/:org/shortids/:issue/': { summary: 'Find an issue by its short id', answer: foundShortId },
  'GET /api/0/projects/:org/:project/events/:event/markdown/': {
    summary: 'Read an event as Markdown, for a ticket or a language model', contentType: 'text/markdown', extension: true,
    description: 'At most 24 kB. What an SDK sent stands in code spans and fences, labelled as data.',
  },
}
