// Saving a project's rules: a new revision of both texts (grouping.md 4). It changes no issue until a generation is built with it.

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { rulesText, type Revision } from '../../core/contract/grouping.ts'
import { ApiError } from '../../core/errors.ts'
import { decideRules, type ProjectGrouping } from '../../core/grouping/decide.ts'
import { compileTexts } from '../../core/grouping/rules/texts.ts'
import { requireProjectId } from '../find-project.ts'
import { setPosition } from './append.ts'
import { changeGrouping } from './change-grouping.ts'
import { readBy } from './command-id.ts'
import { readOrigin } from './load-grouping.ts'

export function registerRulesCommands(app: FastifyInstance, { pool }: { pool: Pool }): void {
  app.post<{ Params: { project: string } }>('/api/0/projects/:org/:project/grouping/revisions/', async (request, reply): Promise<Revision> => {
    const project = await requireProjectId(pool, request.params.project)
    const text = rulesText.parse(request.body)
    const { problems } = compileTexts(text)
    if (problems.length > 0) throw new ApiError('badRules', { more: { problems } })
    let newest: ProjectGrouping['rules'] = null
    const changed = await changeGrouping<never>(pool, project, readBy(request), (grouping) => {
      newest = grouping.rules
      return decideRules(grouping, text)
    })
    const { position, decisions: [decision] } = changed
    setPosition(reply, position)
    if (decision?.type !== 'grouping.revised') return presentRevision(pool, newest!)
    reply.code(201)
    return presentRevision(pool, { id: position, ...decision.data })
  })
}

async function presentRevision(pool: Pool, { id, rules, frameRules }: { id: number; rules: string; frameRules: string }): Promise<Revision> {
  return { id: String(id), rules, frameRules, ...(await readOrigin(pool, id)) }
}
