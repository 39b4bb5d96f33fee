// Which events belong together: rules, generations, merging and unmerging. Sentry has hashes and unmerge; the rest is Refold's own.

import { z } from 'zod'
import {
  apply, checked, compared, diff, dryRun, generation, generationChange, generationPosition, grouped, groupingState, issueHash, newGeneration, revision, rollback, rulesText, unmerge, unmerged,
} from '../grouping.ts'
import { onIssuePaths, type Operations } from '../operation.ts'

const onProject = '/api/0/projects/:org/:project/'
const extension = true

export const groupingOperations: Operations = {
  [`GET ${onProject}grouping/`]: { summary: 'Show the live grouping, its rules and every generation', answer: groupingState, extension },
  [`GET ${onProject}grouping/revisions/`]: { summary: 'List the revisions of the rules', answer: z.array(revision), paged: true, extension },
  [`POST ${onProject}grouping/revisions/`]: {
    summary: 'Save rules as a new revision', description: 'Changes no issue until a generation is built with it. Rules that are saved already are answered with 200.',
    body: rulesText, answer: revision, status: 201, extension,
  },
  [`POST ${onProject}grouping/check/`]: { summary: 'Check rules, and count what each line would hit', description: 'Changes nothing.', body: rulesText, answer: checked, extension },
  [`POST ${onProject}grouping/dry-run/`]: { summary: 'Group one pasted event', description: 'Changes nothing.', body: dryRun, answer: grouped, extension },
  [`GET ${onProject}generations/`]: { summary: 'List the generations', answer: z.array(generation), extension },
  [`POST ${onProject}generations/`]: { summary: 'Build a generation', description: 'One that there is already is answered with 200.', body: newGeneration, answer: generation, status: 201, extension },
  [`GET ${onProject}generations/:generation/`]: { summary: 'Show a generation and how far it is built', answer: generation, extension },
  [`PUT ${onProject}generations/:generation/`]: { summary: 'Pause or go on building', body: generationChange, answer: generation, extension },
  [`DELETE ${onProject}generations/:generation/`]: { summary: 'Discard a generation, or stop building it', answer: generationPosition, status: 202, extension },
  [`GET ${onProject}generations/:generation/diff/`]: {
    summary: 'Preview what would change with a generation', query: z.object({ all: z.literal('1').optional().describe('Also what stays the same.') }), answer: diff, paged: true, extension,
  },
  [`POST ${onProject}generations/:generation/apply/`]: { summary: 'Make a generation the live one', description: 'With the token of its preview.', body: apply, answer: generationPosition, extension },
  [`POST ${onProject}generations/rollback/`]: {
    summary: 'Go back to what was live before', description: 'Answers 202 when it has to be built first; it is applied then.', body: rollback, answer: generationPosition, extension,
  },
  ...onIssuePaths({
    'GET hashes/': { summary: 'List the keys of an issue, each explained', answer: z.array(issueHash), paged: true },
    'DELETE hashes/': { summary: 'Take keys out of an issue, together', query: z.object({ id: z.array(z.string()).describe('Keys.') }), answer: unmerged, status: 202 },
    'PUT unmerge/': { summary: 'Take keys out of an issue, as sides', body: unmerge, answer: unmerged, extension },
    'GET compare/': { summary: 'Explain why two issues are not one', query: z.object({ with: z.string().describe('Another issue, or an event.') }), answer: compared, extension },
    'GET events/:event/compare/': { summary: 'Explain why two events are not in one issue', query: z.object({ with: z.string().describe('Another issue, or an event.') }), answer: compared, extension },
  }),
}
