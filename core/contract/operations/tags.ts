// Tags of an issue, and those of projects for completion.

import { z } from 'zod'
import { tagFacet } from '../issue.ts'
import { generation, severalProjects } from '../narrow.ts'
import { onIssuePaths, type Operations } from '../operation.ts'
import { tagKey, tagValue } from '../tag.ts'

const onProject = '/api/0/projects/:org/:project/tags/'
const onOrganization = '/api/0/organizations/:org/tags/'
const start = { query: z.string().optional().describe('What the values begin with.') }
const values = 'Releases come newest first, other values by their letters, forwards only. Of a value with more than 1,000 groups of events only so many are counted.'

export const tagOperations: Operations = {
  ...onIssuePaths({
    'GET tags/': {
      summary: 'List the tags of an issue with their most frequent values', answer: z.array(tagFacet),
      query: z.object({ limit: z.string().optional().describe('Values of each, 1 to 100; default 5.'), key: z.array(z.string()).optional().describe('Only these tags.'), ...generation }),
    },
    'GET tags/:key/': { summary: 'Show a tag of an issue with its ten most frequent values', query: z.object(generation), answer: tagFacet },
    'GET tags/:key/values/': {
      summary: 'List the values of a tag of an issue', description: 'With `Accept: text/csv` up to 10,000 of them as a table.', answer: z.array(tagValue), paged: true,
      query: z.object({ sort: z.enum(['count', 'date']).optional().describe('Default `count`.'), query: z.string().optional().describe('What occurs in the values.'), ...generation }),
    },
  }),
  [`GET ${onProject}`]: { summary: 'List the tags of a project', query: z.object(generation), answer: z.array(tagKey) },
  [`GET ${onProject}:key/`]: { summary: 'Show a tag of a project', query: z.object(generation), answer: tagKey },
  [`GET ${onProject}:key/values/`]: { summary: 'List the values of a tag of a project', description: values, query: z.object({ ...start, ...generation }), answer: z.array(tagValue), paged: true },
  [`GET ${onOrganization}`]: { summary: 'List the tags of several projects', query: z.object(severalProjects), answer: z.array(tagKey) },
  [`GET ${onOrganization}:key/values/`]: { summary: 'List the values of a tag of several projects', description: values, query: z.object({ ...start, ...severalProjects }), answer: z.array(tagValue), paged: true },
}
