// What may happen to a project, in any order: the steps that fast-check draws and shrinks, and what each adds to a log.
// A step says "the third issue"; the model says which that is now and which keys it has, so every decision is one that a
// client could have sent.

import fc from 'fast-check'
import type { Configuration } from '../../../core/grouping/configuration.ts'
import { parseConfiguration } from '../../../core/grouping/configuration.ts'
import type { Decision } from '../../../core/decisions.ts'
import { decisionsOf, generationsOf, issuesUnder, liveGeneration, versions, type Log, type ModelIssue, type Payload } from './model.ts'

export type Step =
  | { do: 'event'; event: Omit<Payload, 'id'>; again: number | null }
  | { do: 'resolve' | 'reopen' | 'escalate' | 'ignore' | 'review' | 'comment' | 'remove'; issue: number }
  | { do: 'resolveIn'; issue: number; release: { version: string; including: boolean } }
  | { do: 'reopenAs'; issue: number; as: 'ongoing' | 'regressed' | 'escalating' }
  | { do: 'assign'; issue: number; to: string | null }
  | { do: 'edit' | 'delete'; comment: number }
  | { do: 'merge'; issues: number[] }
  | { do: 'unmerge'; issue: number; sides: number[] }
  | { do: 'revise'; rules: string }
  | { do: 'request'; version: 'v1' | 'v2'; revision: number }
  | { do: 'apply' | 'discard'; generation: number }
  /** Work, no fact: the main fold in batches of `size`, or a generation that is not live, completely or by one batch. */
  | { do: 'fold'; size: number }
  | { do: 'build'; generation: number; size: number | null }

/** v1 looks at type and value, v2 at type and function, the rules at what they name: every two configurations join and split. */
export const rulesTexts = ['error.type:* -> {{ tags.color }}', 'error.type:A -> a, {{ tags.color }}', 'error.value:m -> m, {{ stack.function }}', 'error.type:* -> {{ default }}, {{ tags.color }}']

const pick = fc.nat(7)
const releases = [...versions, 'spring', 'autumn']
const payload = fc.record({ type: fc.constantFrom('A', 'B'), value: fc.constantFrom('m', 'n'), function: fc.constantFrom('f', 'g'), color: fc.constantFrom('red', 'blue'), release: fc.constantFrom('', ...releases) })
const event = fc.record({ do: fc.constant('event' as const), event: payload, again: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: pick }) })
const triage = fc.oneof(
  fc.record({ do: fc.constantFrom('resolve' as const, 'resolve' as const, 'reopen' as const, 'escalate' as const, 'ignore' as const, 'ignore' as const, 'review' as const, 'comment' as const, 'comment' as const, 'remove' as const), issue: pick }),
  fc.record({ do: fc.constant('resolveIn' as const), issue: pick, release: fc.record({ version: fc.constantFrom(...releases), including: fc.boolean() }) }),
  fc.record({ do: fc.constant('reopenAs' as const), issue: pick, as: fc.constantFrom('ongoing' as const, 'regressed' as const, 'escalating' as const) }),
  fc.record({ do: fc.constant('assign' as const), issue: pick, to: fc.constantFrom('user:1', 'user:2', null) }),
  fc.record({ do: fc.constantFrom('edit' as const, 'delete' as const), comment: pick }),
)
const merging = fc.oneof(
  fc.record({ do: fc.constant('merge' as const), issues: fc.uniqueArray(pick, { minLength: 2, maxLength: 3 }) }),
  fc.record({ do: fc.constant('unmerge' as const), issue: pick, sides: fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }) }),
)
const changing = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('revise' as const), rules: fc.constantFrom(...rulesTexts) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('request' as const), version: fc.constantFrom('v1' as const, 'v2' as const), revision: fc.nat(3) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('apply' as const), generation: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('discard' as const), generation: fc.nat(3) }) },
)
const working = fc.oneof(
  fc.record({ do: fc.constant('fold' as const), size: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ do: fc.constant('build' as const), generation: fc.nat(3), size: fc.option(fc.integer({ min: 1, max: 5 })) }),
)

/** Steps of a project's life: some events, then anything. `quiet`: no decisions on issues. */
export function arbitrarySteps(maxLength: number, { quiet = false } = {}): fc.Arbitrary<Step[]> {
  const decisions = quiet ? [] : [{ weight: 6, arbitrary: triage as fc.Arbitrary<Step> }, { weight: 4, arbitrary: merging as fc.Arbitrary<Step> }]
  const anything = fc.oneof({ weight: 8, arbitrary: event as fc.Arbitrary<Step> }, ...decisions, { weight: 4, arbitrary: changing }, { weight: 3, arbitrary: working })
  const bounds = { minLength: 1, maxLength: Math.ceil(maxLength / 4), size: 'max' } as const
  return fc.tuple(fc.array(event, bounds), fc.array(anything, { ...bounds, maxLength })).map(([first, then]) => [...first, ...then])
}

const simple = { resolve: 'issue.resolved', reopen: 'issue.reopened', review: 'issue.reviewed', remove: 'issue.deleted' } as const

/** What the step adds to the log; null = nothing, as there is nothing of the kind. */
export function planStep(log: Log, step: Step): { event: Payload } | { decision: Decision } | null {
  const { project } = log
  const live = liveGeneration(log)
  const issues = issuesUnder(log, live.configuration)
  const on = (issue: ModelIssue): { project: number; issue: number; keys: string[]; grouping: Configuration } =>
    ({ project, issue: issue.id, keys: issue.keys.map(({ key }) => key), grouping: parseConfiguration(live.configuration) })
  switch (step.do) {
    case 'event': {
      const sent = log.facts.flatMap((fact) => ('event' in fact ? [fact.event] : []))
      const earlier = step.again === null ? undefined : choose(sent, step.again)
      return { event: { ...step.event, id: earlier?.id ?? String(sent.length) } as Payload }
    }
    case 'edit':
    case 'delete': {
      const found = choose(issues.flatMap((issue) => issue.comments.map((comment) => ({ issue, comment: comment.position }))), step.comment)
      if (!found) return null
      const data = { ...on(found.issue), comment: found.comment }
      return { decision: step.do === 'delete' ? { type: 'comment.deleted', data } : { type: 'comment.edited', data: { ...data, text: 'edited' } } }
    }
    case 'merge': {
      const sides = [...new Set(step.issues.flatMap((index) => choose(issues, index) ?? []))]
      return sides.length < 2 ? null : { decision: mergeOf(log, sides) }
    }
    case 'unmerge': {
      const issue = choose(issues.filter(({ keys }) => keys.length > 1), step.issue)
      if (!issue) return null
      const at = (side: number): string[] => issue.keys.filter((_, index) => index > 0 && step.sides[(index - 1) % step.sides.length] === side).map(({ key }) => key)
      const sides = [at(1), at(2)].filter((side) => side.length > 0)
      return sides.length === 0 ? null : { decision: unmergeOf(log, issue, sides) }
    }
    case 'revise':
      return { decision: { type: 'grouping.revised', data: { project, rules: step.rules, frameRules: '' } } }
    case 'request': {
      const revisions = [0, ...decisionsOf(log).flatMap(({ position, decision }) => (decision.type === 'grouping.revised' ? [position] : []))]
      return { decision: { type: 'grouping.requested', data: { project, grouping: { version: step.version, revision: choose(revisions, step.revision)! } } } }
    }
    case 'apply':
    case 'discard': {
      const generation = chooseGeneration(log, step.generation)
      if (!generation) return null
      return { decision: step.do === 'apply' ? { type: 'grouping.applied', data: { project, generation, accepted: [] } } : { type: 'grouping.discarded', data: { project, generation } } }
    }
    case 'fold':
    case 'build':
      return null
    default: {
      const issue = choose(issues, step.issue)
      if (!issue) return null
      if (step.do === 'assign') return { decision: { type: 'issue.assigned', data: { ...on(issue), assignee: step.to } } }
      if (step.do === 'comment') return { decision: { type: 'comment.added', data: { ...on(issue), text: 'note' } } }
      if (step.do === 'ignore') return { decision: { type: 'issue.ignored', data: { ...on(issue), substatus: 'archived_forever' } } }
      if (step.do === 'resolveIn') return { decision: { type: 'issue.resolved', data: { ...on(issue), release: step.release } } }
      if (step.do === 'reopenAs') return { decision: { type: 'issue.reopened', data: { ...on(issue), as: step.as } } }
      if (step.do === 'escalate') return { decision: { type: 'issue.reopened', data: { ...on(issue), because: 'escalating' } } }
      return { decision: { type: simple[step.do], data: on(issue) } }
    }
  }
}

export function mergeOf(log: Log, issues: readonly ModelIssue[]): Decision {
  const sides = issues.map(({ id, keys }) => ({ issue: id, keys: keys.map(({ key }) => key) }))
  return { type: 'issue.merged', data: { project: log.project, issue: Math.min(...issues.map(({ id }) => id)), sides, grouping: parseConfiguration(liveGeneration(log).configuration) } }
}

/** What no side names stays: at least the key of the issue's founding event. */
export function unmergeOf(log: Log, issue: ModelIssue, sides: string[][]): Decision {
  const rest = issue.keys.map(({ key }) => key).filter((key) => !sides.flat().includes(key))
  return { type: 'issue.unmerged', data: { project: log.project, issue: issue.id, sides, rest, grouping: parseConfiguration(liveGeneration(log).configuration) } }
}

/** One that is neither live nor discarded. */
export function chooseGeneration(log: Log, index: number): number | undefined {
  return choose(generationsOf(log).filter(({ state }) => state === 'building' || state === 'retired'), index)?.id
}

function choose<T>(list: readonly T[], index: number): T | undefined {
  return list[index % list.length]
}
