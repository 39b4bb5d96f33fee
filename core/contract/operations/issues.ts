// Issues as they are read: the lists and their search, counts, one issue, when its events came.

import { z } from 'zod'
import { activityItem, issue, issueDetail } from '../issue.ts'
import { environments, generation, period, severalProjects } from '../narrow.ts'
import { onIssuePaths, type Operations } from '../operation.ts'
import { series } from '../project.ts'

const onProject = '/api/0/projects/:org/:project/'
const onOrganization = '/api/0/organizations/:org/'

const span = {
  since: z.string().optional().describe('Unix seconds or ISO time.'), until: z.string().optional().describe('Unix seconds or ISO time; default now.'),
  resolution: z.enum(['1h', '1d']).optional().describe('Default `1h`.'),
}

const grammar = `Sentry's grammar; all terms must hold: \`is:unresolved level:[error, fatal] !release:shop@1.* age:-24h events:>10 has:user.email "connection lost"\`.
Keys of issues: is (unresolved, resolved, archived, new, ongoing, regressed, escalating, assigned, unassigned, for_review), assigned (me, none, an email), level, release (latest), firstRelease, environment, error.type, error.value, error.handled, error.unhandled, message, title, culprit, platform, type, user.id, user.email, user.username, user.ip, http.url, http.method, http.status_code, stack.filename, stack.function, stack.module, events, users, firstSeen, lastSeen, age, id, issue, project; any other key is a tag, \`tags[key]:value\` always.
Values of tags are compared with their case, texts without. What cannot be read is a 400 that names the character.`

const list = {
  query: z.string().optional().describe('Default `is:unresolved`; empty = all. An event id or a short id alone finds its issue (`X-Sentry-Direct-Hit: 1`).'),
  sort: z.enum(['date', 'new', 'freq', 'user']).optional().describe('Last seen, first seen, events or users; default `date`.'),
  offset: z.string().optional().describe('Rows to skip, at most 1,000,000: a jump. From there the cursors of the `Link` header go on both ways; not together with `cursor`.'),
  hits: z.literal('all').optional().describe('`X-Hits` counts up to 200,000 where that takes less than a second; `X-Max-Hits` says which bound held.'),
  ...period, ...environments, ...generation,
}
const hits = '`X-Hits` says how many match, at most 1,000.'

export const issueOperations: Operations = {
  [`GET ${onProject}issues/`]: { summary: 'List the issues of a project', description: `${grammar}\n\n${hits}`, query: z.object(list), answer: z.array(issue), paged: true },
  [`GET ${onOrganization}issues/`]: { summary: 'List the issues of several projects', description: `${grammar}\n\n${hits}`, query: z.object({ ...list, ...severalProjects }), answer: z.array(issue), paged: true },
  [`GET ${onOrganization}issues-count/`]: {
    summary: 'Count the issues of several queries', description: 'Query -> count, at most 1,000 each.', answer: z.record(z.string(), z.number()),
    query: z.object({ query: z.array(z.string()).describe('At most 20.'), ...severalProjects, ...generation }),
  },
  ...onIssuePaths({
    'GET ': { summary: 'Show an issue', description: 'By id or short id. One that has another id by now answers 301.', query: z.object(generation), answer: issueDetail },
    'GET activities/': { summary: 'List what happened to an issue', answer: z.object({ activity: z.array(activityItem) }) },
    'GET stats/': { summary: 'Count the events of an issue over time', description: 'Pairs of Unix seconds and a count.', query: z.object({ ...span, ...generation }), answer: series },
  }),
  [`GET ${onProject}stats/`]: {
    summary: 'Count what a project was sent over time', description: 'Pairs of Unix seconds and a count.', answer: series,
    query: z.object({ stat: z.enum(['received', 'rejected', 'blacklisted']).optional().describe('Default `received`; `blacklisted` = dropped by inbound filters.'), ...span }),
  },
}
