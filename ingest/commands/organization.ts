// The command on the organization: quotas of the whole installation.

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { Config } from '../../core/config.ts'
import { changedOrganization } from '../../core/contract/project.ts'
import type { Decision } from '../../core/decisions.ts'
import { appendDecisions } from '../log/decisions.ts'
import { setPosition } from './append.ts'
import { readBy } from './command-id.ts'

export function registerOrganizationCommands(app: FastifyInstance, { pool, config }: { pool: Pool; config: Config }): void {
  app.put('/api/0/organizations/:org/', async (request, reply) => {
    const { quotas } = changedOrganization.parse(request.body)
    if (quotas !== undefined) {
      const decisions: Decision[] = [{ type: 'organization.configured', data: { quotas } }]
      const { position } = await appendDecisions(pool, { decisions, ...readBy(request) })
      setPosition(reply, position)
    }
    return { id: '1', ...config.organization, ...(quotas && { quotas }) }
  })
}
