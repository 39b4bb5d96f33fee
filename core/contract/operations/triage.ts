// Deciding about issues: one or many of them, and comments.

import { z } from 'zod'
import { activityItem, comment, issueChanged, issuesChanged, issuesDeleted, issuesMerged, issueUpdate } from '../issue.ts'
import { environments, period, severalProjects } from '../narrow.ts'
import { onIssuePaths, type Operations } from '../operation.ts'

const onProject = '/api/0/projects/:org/:project/'
const onOrganization = '/api/0/organizations/:org/'

const selection = {
  id: z.array(z.string()).optional().describe('Ids or short ids, at most 1,000.'),
  query: z.string().optional().describe('Every issue that matches, at most 1,000; if more do and there is no `limit`, nothing is changed and 400 says how many.'),
  limit: z.string().optional().describe('With `query`: the first so many, at most 1,000; `refold.next` is the `cursor` of the next request.'),
  cursor: z.string().optional().describe('`refold.next` of the request before.'),
  ...period, ...environments,
  status: z.enum(['unresolved', 'resolved', 'ignored', 'muted']).optional().describe('Only issues with this status.'),
}
const bulkUpdate = z.union([issueUpdate, z.object({ merge: z.literal([1, true, '1', 'true']), ids: z.array(z.union([z.string(), z.int()])).optional().describe('Beside those of the address.') })])

const seen =
  'To decide only on what you have seen, send `If-Match: <position>`, or `expected: {"position": …}` in the body, with the X-Refold-Position of your read: if the issue has changed since, the answer is 409 with its present state as `current` beside `detail`.'
const conditions =
  'A release: events of later ones open the issue again, of `inRelease` itself too; events without a release do not. `inNextRelease` means after the newest release of now, `latest` the newest. Archived until it escalates: until 24 hours bring more than 10 events and more than twice the daily average of the 7 days before.'
const bulk = 'Without `id` and `query` all issues are meant, 1,000 per request: `refold.more` says whether some are left. What cannot be changed is skipped and said; the issues of a project change together.'
const deletion =
  'The events are gone for good, and their ids may come again; what was received stays counted in the statistics of the project. The next event of the same kind makes a new issue. Answers before it is done: ask with `?after=` the position.'

export const triageOperations: Operations = {
  ...onIssuePaths({
    'PUT ': { summary: 'Change an issue', description: `${conditions}\n\n${seen}`, body: issueUpdate, answer: issueChanged },
    'DELETE ': { summary: 'Delete an issue with its events', description: deletion, answer: issuesDeleted, status: 202 },
    ...Object.fromEntries(['comments/', 'notes/'].flatMap((path) => [
      [`GET ${path}`, { summary: 'List the comments of an issue', description: 'The newest 100.', answer: z.array(activityItem) }],
      [`POST ${path}`, { summary: 'Comment on an issue', body: comment, answer: activityItem, status: 201 }],
      [`PUT ${path}:comment/`, { summary: 'Edit a comment', description: 'One’s own.', body: comment, answer: activityItem }],
      [`DELETE ${path}:comment/`, { summary: 'Delete a comment', description: 'One’s own.', status: 204 }],
    ])),
  }),
  [`PUT ${onProject}issues/`]: { summary: 'Change or merge issues of a project', description: `${bulk}\n\n${conditions}`, query: z.object(selection), body: bulkUpdate, answer: z.union([issuesChanged, issuesMerged]) },
  [`DELETE ${onProject}issues/`]: { summary: 'Delete issues of a project', description: `By \`id\` or \`query\`. ${deletion}`, query: z.object(selection), answer: issuesDeleted, status: 202 },
  [`PUT ${onOrganization}issues/`]: { summary: 'Change or merge issues of several projects', description: `${bulk} Only issues of one project can be merged.\n\n${conditions}`, query: z.object({ ...selection, ...severalProjects }), body: bulkUpdate, answer: z.union([issuesChanged, issuesMerged]) },
  [`DELETE ${onOrganization}issues/`]: { summary: 'Delete issues of several projects', description: `By \`id\` or \`query\`. ${deletion}`, query: z.object({ ...selection, ...severalProjects }), answer: issuesDeleted, status: 202 },
}
