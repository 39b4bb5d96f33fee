// The organization: there is one, and its slug is the installation's.

import { z } from 'zod'
import { outcomeStats, outcomeStatsQuery } from '../intake.ts'
import type { Operations } from '../operation.ts'
import { changedOrganization, organization } from '../project.ts'

export const organizationOperations: Operations = {
  'GET /api/0/organizations/': { summary: 'List the organizations: there is one', answer: z.array(organization) },
  'GET /api/0/organizations/:org/': { summary: 'Show the organization', answer: organization },
  'PUT /api/0/organizations/:org/': { summary: 'Set the quotas of the whole installation', body: changedOrganization, answer: organization.pick({ id: true, slug: true, name: true, quotas: true }).partial({ quotas: true }) },
  'GET /api/0/organizations/:org/stats_v2/': {
    summary: 'Count what came in, by outcome, category, reason or project', description: 'Over at most 90 days, by the hour or by the day.',
    query: outcomeStatsQuery, answer: outcomeStats,
  },
}
