// What rules would hit, told before they are saved: the newest events are read from the log and matched again, newest first, for as long
// as a person waits (ui.md 2.11). It runs beside everything else that is asked of this process, and so gives way after every few events.

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Checked, RulesText } from '../../core/contract/grouping.ts'
import type { JsonObject } from '../../core/event/json.ts'
import { compileTexts, type RuleLine } from '../../core/grouping/rules/texts.ts'
import type { GroupingConfig } from '../../core/grouping/types.ts'
import { judgeFrames } from '../../core/grouping/verdicts.ts'
import type { ProjectSettings } from '../../core/project/settings.ts'
import { findEventItem, readEventItem } from '../decode/event.ts'
import { openFact } from '../decode/open.ts'
import { readFactsAt } from '../facts.ts'
import { readProjectSettings } from '../projects/queries.ts'

const newestMs = 7 * 86_400_000
const pageSize = 500
const pageBytes = 4_000_000
/** Events between two looks at the clock and at what else there is to do: some milliseconds. */
const sliceSize = 16

export type HitOptions = {
  most?: number
  budgetMs?: number
  /** True once nobody waits for the answer any more. */
  isGone?: () => boolean
}

/** With problems nothing is looked at. At most `most` (50,000) events of 7 days, and as many as `budgetMs` (4,000) allows. */
export async function checkRules(pool: Pool, project: { id: number; generation: number }, text: RulesText, { most = 50_000, budgetMs = 4_000, isGone = () => false }: HitOptions = {}): Promise<Checked> {
  const { problems, lines, config } = compileTexts(text)
  const counts = new Map(lines.map((line) => [nameLine(line), { ...line, events: 0, issues: new Set<number>() }]))
  const settings = await readProjectSettings(pool, project.id)
  const until = performance.now() + budgetMs
  let looked = 0
  for await (const { event, issue } of problems.length > 0 || lines.length === 0 ? [] : readNewest(pool, project, settings, most)) {
    for (const name of findHits(event, config)) {
      const count = counts.get(name)
      if (!count) continue
      count.events++
      count.issues.add(issue)
    }
    if (++looked % sliceSize > 0) continue
    if (performance.now() >= until || isGone()) break
    await nextTurn()
  }
  return { problems, looked, hits: problems.length > 0 ? [] : [...counts.values()].map(({ issues, ...count }) => ({ ...count, issues: issues.size })) }
}

function nameLine({ language, line }: RuleLine): string {
  return `${language} ${line}`
}

/** Of the fingerprint rules the first that matches; of the frame rules each that decided about a frame. */
function findHits(event: JsonObject, { rules, frameRules }: Omit<GroupingConfig, 'version'>): Set<string> {
  const hits = new Set<string>()
  const match = rules?.match(event)
  if (match) hits.add(nameLine({ language: 'rules', line: match.line }))
  if (!frameRules) return hits
  const { exceptions, thread = [] } = judgeFrames(event, { version: 'v2', frameRules })
  for (const { line } of [...exceptions.flat(), ...thread]) if (line !== undefined) hits.add(nameLine({ language: 'frameRules', line }))
  return hits
}

/** Newest first, with the live issue of each. */
async function* readNewest(pool: Pool, project: { id: number; generation: number }, settings: ProjectSettings, most: number): AsyncGenerator<{ event: JsonObject; issue: number }> {
  const since = new Date(Date.now() - newestMs)
  for (let left = most, before: number | null = null; left > 0; ) {
    const issues: Map<number, number> = await listNewest(pool, project, since, before, Math.min(left, pageSize))
    for (let wanted = [...issues.keys()]; wanted.length > 0; ) {
      const facts = await readFactsAt(pool, project.id, wanted, pageBytes)
      for (const fact of facts) {
        const opened = openFact(fact)
        const item = findEventItem(opened)
        const read = item && readEventItem(fact, opened, item, settings)
        if (read && 'event' in read) yield { event: read.event, issue: issues.get(fact.position)! }
      }
      const last = facts.at(-1)?.position ?? 0
      wanted = wanted.filter((position) => position < last)
    }
    left -= issues.size
    if (issues.size < pageSize) return
    before = Math.min(...issues.keys())
  }
}

async function listNewest(pool: Pool, { id, generation }: { id: number; generation: number }, since: Date, before: number | null, limit: number): Promise<Map<number, number>> {
  const { rows } = await pool.query<{ position: number; issue: number }>(
    `select e.position::float8 as position, k.issue_id::float8 as issue
     from (select position from event where project_id = $1 and received_at >= $3 and ($4::bigint is null or position < $4) order by position desc limit $5) e
     join event_key m on m.generation = $2 and m.position = e.position join issue_key k on k.generation = m.generation and k.id = m.key_id
     order by e.position desc`,
    [id, generation, since, before, limit],
  )
  return new Map(rows.map(({ position, issue }) => [position, issue]))
}
