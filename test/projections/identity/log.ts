// A log that grows step by step: in memory for laws of the model alone, or in Postgres, where the real fold reads it.
// Keys are the real ones of core/grouping: how events are keyed is tested elsewhere, what becomes of keys is tested here.

import type pg from 'pg'
import { parseConfiguration } from '../../../core/grouping/configuration.ts'
import { group } from '../../../core/grouping/group.ts'
import { compileRules } from '../../../core/grouping/rules/compile.ts'
import type { CompiledRules } from '../../../core/grouping/types.ts'
import { decisionSchemas, type Decision } from '../../../core/decisions.ts'
import { failure, givenDecisions, givenEvents, givenProject } from '../../given.ts'
import type { Fact, Log, Payload } from './model.ts'
import { planStep, type Step } from './steps.ts'

export type GrowingLog = Log & { facts: Fact[] }
/** What is appended: a fact without its place. */
export type NewFact = { event: Payload } | { decision: Decision }

/** Of a project that was created at a position, under v1. */
export function newLog(project = 1, position = 1): GrowingLog {
  const facts: Fact[] = [{ position, decision: { type: 'project.created', data: { id: project, slug: 'shop', name: 'shop', platform: 'node', grouping: 'v1' } } }]
  const known = new Map<string, string>()
  const compiled = new Map<number, CompiledRules>()
  const rulesOf = (revision: number): CompiledRules => compiled.get(revision) ?? compileRevision(facts, revision)
  const keyOf = (event: Payload, configuration: string): string => {
    const name = JSON.stringify([event, configuration])
    const { version, revision } = parseConfiguration(configuration)
    if (revision > 0) compiled.set(revision, rulesOf(revision))
    const key = known.get(name) ?? group(toEvent(event), { version, ...(revision > 0 && { rules: rulesOf(revision) }) }).key
    known.set(name, key)
    return key
  }
  return { project, facts, keyOf }
}

function compileRevision(facts: readonly Fact[], revision: number): CompiledRules {
  const fact = facts.find(({ position }) => position === revision)
  const compiled = compileRules(fact && 'decision' in fact && fact.decision.type === 'grouping.revised' ? fact.decision.data.rules : '')
  if ('errors' in compiled) throw new Error(JSON.stringify(compiled.errors))
  return compiled.rules
}

/** Without a database: positions are counted here. */
export function imagine(steps: readonly Step[], log = newLog()): GrowingLog {
  for (const step of steps) {
    const planned = planStep(log, step)
    if (planned) log.facts.push({ position: log.facts.at(-1)!.position + 1, ...planned })
  }
  return log
}

/** A project in Postgres, its key one position after it. */
export async function createLog(pool: pg.Pool, project: number): Promise<GrowingLog> {
  await givenProject(pool, project, `shop-${project}`)
  const { rows } = await pool.query<{ position: number }>(`select position::int from log where kind = 'd' and type = 'project.created' and project_id = $1`, [project])
  return newLog(project, rows[0]!.position)
}

/** Appends to Postgres too; returns the position. */
export async function append(pool: pg.Pool, log: GrowingLog, fact: NewFact): Promise<number> {
  const position = 'event' in fact ? (await givenEvents(pool, log.project, [toEvent(fact.event)]))[0]! : await givenDecisions(pool, fact.decision)
  log.facts.push({ ...fact, position })
  return position
}

/** The fact as it would stand in another project's log, whose positions are all `offset` larger. */
export function transfer(fact: NewFact, project: number, offset: number): NewFact {
  if ('event' in fact) return fact
  const moved = JSON.parse(JSON.stringify(fact.decision.data), (name, value: unknown) => {
    if (name === 'project') return project
    return typeof value === 'number' && value > 0 && ['issue', 'comment', 'generation', 'revision'].includes(name) ? value + offset : value
  }) as unknown
  return { decision: { type: fact.decision.type, data: decisionSchemas[fact.decision.type].parse(moved) } as Decision }
}

function toEvent({ id, type, value, function: name, release, ...tags }: Payload): Record<string, unknown> {
  return failure(type!, value ?? '', {
    event_id: id.padStart(32, '0'), tags, ...(release && { release }),
    exception: { values: [{ type, value, stacktrace: { frames: [{ filename: 'app.js', function: name, in_app: true }] } }] },
  })
}
