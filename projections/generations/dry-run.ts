// One pasted event, grouped as it would be under a configuration that need not be saved. Adds nothing.

import type { Pool } from 'pg'
import type { z } from 'zod'
import type { dryRun, Grouped } from '../../core/contract/grouping.ts'
import { readPayload } from '../../core/event/payload.ts'
import { ApiError } from '../../core/errors.ts'
import { group } from '../../core/grouping/group.ts'
import { presentGrouping } from '../../core/grouping/present.ts'
import { compileTexts } from '../../core/grouping/rules/texts.ts'
import { scrubEvent } from '../../core/scrub/scrub.ts'
import { formatShortId } from '../../core/shortid.ts'
import { readProjectSettings, type ProjectRow } from '../projects/queries.ts'
import { findGeneration, findNewestRevision, findRevision } from './queries.ts'

/** Throws `badRequest` when it is no JSON object. Scrubbed first, as every event is. */
export async function groupPasted(pool: Pool, project: ProjectRow, asked: z.infer<typeof dryRun>): Promise<Grouped> {
  const payload = readPayload(Buffer.from(JSON.stringify(asked.event ?? null)))
  if ('invalid' in payload) throw new ApiError('badRequest', { fields: { event: ['Paste one event: a JSON object.'] } })
  const [live, newest, settings] = await Promise.all([findGeneration(pool, project.id, project.generation), findNewestRevision(pool, project.id), readProjectSettings(pool, project.id)])
  const liveText = await findRevision(pool, project.id, live!.revision)
  const text = { rules: asked.rules ?? newest?.rules ?? '', frameRules: asked.frameRules ?? newest?.frameRules ?? '' }
  const version = asked.version ?? live!.version
  const { problems, config } = compileTexts(text)
  const grouping = group(scrubEvent(payload.event, settings), { version, ...config })
  const isLive = version === live!.version && text.rules === (liveText?.rules ?? '') && text.frameRules === (liveText?.frameRules ?? '')
  return { grouping: presentGrouping(grouping), problems, issue: isLive ? await findByKey(pool, project, grouping.key) : null }
}

async function findByKey(pool: Pool, { generation, slug }: ProjectRow, key: string): Promise<Grouped['issue']> {
  const { rows } = await pool.query<{ id: number; title: string }>(
    'select i.id::float8 as id, i.title from issue_key k join issue i on i.generation = k.generation and i.id = k.issue_id where k.generation = $1 and k.key = $2',
    [generation, key],
  )
  return rows[0] ? { id: String(rows[0].id), shortId: formatShortId(slug, rows[0].id), title: rows[0].title } : null
}
