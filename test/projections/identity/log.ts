// A log that grows step by step: in memory for laws of the model alone, or in Postgres, where the real fold reads it.
// Keys are the real ones of core/grouping: how events are keyed is tested elsewhere, what becomes of keys is tested here.

import type pg from 'pg'
import { parseConfiguration } from '../../../core/grouping/configuration.ts'
import { group } from '../../../core/grouping/group.ts'
import { compileRules } from '../../../core/grouping/rules/compile.ts'
import type { CompiledRules } from '../../../core/grouping/types.ts'
import type { Decision } from '../../../core/decisions.ts'
import { failure, givenDecisions, givenEvents } from '../../given.ts'
import type { Fact, Log, Payload } from './model.ts'
import { planStep, type Step } from './steps.ts'

export type GrowingLog = Log & { facts: Fact[] }

const created: Fact = { position: 1, decision: { type: 'project.created', data: { id: 1, slug: 'shop', name: 'shop', platform: 'node', grouping: 'v1' } } }

/** As givenProject leaves it: the project at position 1, its key at 2. */
export function newLog(): GrowingLog {
  const facts: Fact[] = [created]
  const known = new Map<string, string>()
  const rules = new Map<number, CompiledRules>()
  const rulesOf = (revision: number): CompiledRules => {
    const text = facts.flatMap((fact) => ('decision' in fact && fact.decision.type === 'grouping.revised' && fact.position === revision ? [fact.decision.data.rules] : []))[0] ?? ''
    const compiled = compileRules(text)
    if ('errors' in compiled) throw new Error(JSON.stringify(compiled.errors))
    return compiled.rules
  }
  const keyOf = (event: Payload, configuration: string): string => {
    const name = JSON.stringify([event, configuration])
    const { version, revision } = parseConfiguration(configuration)
    if (revision > 0 && !rules.has(revision)) rules.set(revision, rulesOf(revision))
    const key = known.get(name) ?? group(toEvent(event), { version, ...(revision > 0 && { rules: rules.get(revision)! }) }).key
    known.set(name, key)
    return key
  }
  return { facts, keyOf }
}

/** Without a database: positions are counted here. */
export function imagine(steps: readonly Step[], log = newLog()): GrowingLog {
  for (const step of steps) {
    const planned = planStep(log, step)
    if (planned) log.facts.push({ position: lastPosition(log) + 1, ...planned })
  }
  return log
}

/** Appends to Postgres too; returns the position. */
export async function append(pool: pg.Pool, log: GrowingLog, fact: { event: Payload } | { decision: Decision }): Promise<number> {
  const position = 'event' in fact ? (await givenEvents(pool, 1, [toEvent(fact.event)]))[0]! : await givenDecisions(pool, fact.decision)
  log.facts.push({ ...fact, position })
  return position
}

const lastPosition = ({ facts }: Log): number => Math.max(2, facts.at(-1)!.position)

export function toEvent({ id, type, value, function: name, ...tags }: Payload): Record<string, unknown> {
  return failure(type!, value ?? '', {
    event_id: id.padStart(32, '0'), tags,
    exception: { values: [{ type, value, stacktrace: { frames: [{ filename: 'app.js', function: name, in_app: true }] } }] },
  })
}
