// Laws of the model alone (grouping.md 7, "Identity"): what must be true of any log, whoever folds it. Cheap, so many runs.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isMergeDecision, type MergeDecision } from '../../../core/decisions.ts'
import { imagine } from './log.ts'
import { acceptedEvents, bindingPieces, decisionsOf, generationsOf, issuesUnder, liveGeneration, sideOf, type DecisionFact, type EventFact, type Log, type ModelIssue } from './model.ts'
import { arbitrarySteps, mergeOf, planStep, unmergeOf, type Step } from './steps.ts'

const runs = Number(process.env.IDENTITY_RUNS ?? 10) * 20

/** `law` for the log after these steps, under each configuration that it names. */
function always(law: (log: Log, configuration: string) => void, maxLength = 40): void {
  fc.assert(fc.property(arbitrarySteps(maxLength), (steps) => {
    const log = imagine(steps)
    for (const configuration of configurationsOf(log)) law(log, configuration)
  }), { numRuns: runs })
}

const configurationsOf = (log: Log): string[] => [...new Set(generationsOf(log).map(({ configuration }) => configuration))]
const outline = (issues: ModelIssue[]): unknown => issues.map(({ id, keys, events, comments, ...state }) => ({ id, keys: keys.map(({ key }) => key), events: events.length, comments, ...state }))
const upTo = (log: Log, position: number): Log => ({ ...log, facts: log.facts.filter((fact) => fact.position <= position) })
const extend = (log: Log, decision: DecisionFact['decision']): Log => ({ ...log, facts: [...log.facts, { position: log.facts.at(-1)!.position + 1, decision }] })

describe('identity', () => {
  test('each event has one key, each key one issue, and an issue is named after its earliest event', () => {
    always((log, configuration) => {
      const issues = issuesUnder(log, configuration)
      const positions = issues.flatMap(({ keys }) => keys.flatMap(({ events }) => events.map(({ position }) => position)))
      expect(positions.toSorted((a, b) => a - b)).toEqual(acceptedEvents(log).map(({ position }) => position))
      expect(new Set(issues.flatMap(({ keys }) => keys.map(({ key }) => key))).size).toBe(issues.flatMap(({ keys }) => keys).length)
      for (const issue of issues) expect(issue.id).toBe(Math.min(...issue.events.map(({ position }) => position)))
    })
  })

  test('every id that was ever live is in exactly one issue, under every configuration, unless it was deleted', () => {
    always((log, configuration) => {
      const issues = issuesUnder(log, configuration)
      for (const { position } of log.facts) {
        const past = upTo(log, position)
        for (const { id } of issuesUnder(past, liveGeneration(past).configuration)) {
          if (!acceptedEvents(log).some((fact) => fact.position === id)) continue
          expect(issues.filter(({ events }) => events.some((fact) => fact.position === id))).toHaveLength(1)
        }
      }
    }, 15)
  })
})

describe('state', () => {
  test('a decision reaches every issue that holds an event of its keys, and changes no other', () => {
    const lastly: fc.Arbitrary<Step> = fc.record({ do: fc.constantFrom('resolve' as const, 'ignore' as const, 'reopen' as const), issue: fc.nat(7) })
    fc.assert(fc.property(arbitrarySteps(30), lastly, (steps, step) => {
      const before = imagine(steps)
      const planned = planStep(before, step)
      if (!planned || !('decision' in planned) || planned.decision.type === 'project.created') return
      const after = extend(before, planned.decision)
      const live = liveGeneration(before).configuration
      const meant = issuesUnder(before, live).find(({ id }) => 'issue' in planned.decision.data && id === planned.decision.data.issue)!
      for (const configuration of configurationsOf(before)) {
        const unreached = (issues: ModelIssue[]): unknown => outline(issues.filter(({ events }) => !events.some((fact) => meant.events.includes(fact))))
        expect(unreached(issuesUnder(after, configuration))).toEqual(unreached(issuesUnder(before, configuration)))
        for (const issue of issuesUnder(after, configuration).filter(({ events }) => events.every((fact) => meant.events.includes(fact)))) {
          expect(issue.status).toBe({ resolve: 'resolved', ignore: 'ignored', reopen: 'unresolved' }[step.do as 'resolve'])
        }
      }
    }), { numRuns: runs })
  })
})

describe('deletion', () => {
  test('takes the events of an issue under every configuration, changes nothing else, and frees the keys', () => {
    fc.assert(fc.property(arbitrarySteps(30), fc.nat(7), (steps, pick) => {
      const before = imagine(steps)
      const planned = planStep(before, { do: 'remove', issue: pick })
      if (!planned || !('decision' in planned) || planned.decision.type !== 'issue.deleted') return
      const { issue } = planned.decision.data
      const live = liveGeneration(before).configuration
      const gone = issuesUnder(before, live).find(({ id }) => id === issue)!
      const after = extend(before, planned.decision)
      expect(acceptedEvents(after)).toEqual(acceptedEvents(before).filter((fact) => !gone.events.includes(fact)))
      for (const configuration of configurationsOf(before)) {
        const untouched = issuesUnder(before, configuration).filter(({ events }) => !events.some((fact) => gone.events.includes(fact)))
        expect(outline(issuesUnder(after, configuration))).toEqual(expect.arrayContaining(outline(untouched) as unknown[]))
      }
      const position = after.facts.at(-1)!.position + 1
      const again: Log = { ...after, facts: [...after.facts, { position, event: gone.events[0]!.event }] }
      expect(issuesUnder(again, live).find(({ id }) => id === position)).toMatchObject({ status: 'unresolved', substatus: null, assignee: null, comments: [] })
    }), { numRuns: runs })
  })
})

describe('merges', () => {
  test('an unmerge right after a merge is as if neither had been', () => {
    fc.assert(fc.property(arbitrarySteps(30), fc.array(fc.nat(7), { minLength: 2, maxLength: 4 }), (steps, picks) => {
      const before = imagine(steps)
      const merge = planStep(before, { do: 'merge', issues: picks })
      if (!merge || !('decision' in merge) || merge.decision.type !== 'issue.merged') return
      const { sides } = merge.decision.data
      const merged = extend(before, merge.decision)
      const whole = issuesUnder(merged, liveGeneration(merged).configuration).find(({ keys }) => keys.some(({ key }) => key === sides[0]!.keys[0]))!
      const stays = sides.find(({ keys }) => keys.includes(whole.keys[0]!.key))!
      const after = extend(merged, unmergeOf(merged, whole, sides.filter((side) => side !== stays).map(({ keys }) => keys)))
      for (const configuration of configurationsOf(before)) expect(outline(issuesUnder(after, configuration))).toEqual(outline(issuesUnder(before, configuration)))
    }), { numRuns: runs })
  })

  test('the order of neighbouring merges is irrelevant, also for what is unmerged later', () => {
    fc.assert(fc.property(arbitrarySteps(25), fc.array(fc.nat(7), { minLength: 3, maxLength: 3 }), fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }), (steps, picks, cut) => {
      const before = imagine(steps)
      const issues = issuesUnder(before, liveGeneration(before).configuration)
      const three = [...new Set(picks.map((index) => issues[index % issues.length]))].flatMap((issue) => issue ?? [])
      if (three.length < 3) return
      const [a, b, c] = three as [ModelIssue, ModelIssue, ModelIssue]
      const mergeTwice = (first: ModelIssue, second: ModelIssue, last: ModelIssue): Log => {
        const once = extend(before, mergeOf(before, [first, second]))
        const both = issuesUnder(once, liveGeneration(once).configuration).find(({ id }) => id === Math.min(first.id, second.id))!
        return extend(once, mergeOf(once, [both, last]))
      }
      const logs = [mergeTwice(a, b, c), mergeTwice(b, c, a), mergeTwice(c, a, b)]
      const unmerged = logs.map((log) => imagine([{ do: 'unmerge', issue: 0, sides: cut }], { ...log, facts: [...log.facts] }))
      for (const configuration of configurationsOf(before)) {
        for (const same of [logs, unmerged]) for (const log of same) expect(outline(issuesUnder(log, configuration))).toEqual(outline(issuesUnder(same[0]!, configuration)))
      }
    }), { numRuns: runs })
  })

  test('what was merged shares an issue until it is cut', () => {
    always((log, configuration) => {
      const issues = issuesUnder(log, configuration)
      for (const merge of mergesOf(log, 'issue.merged')) {
        if (mergesOf(log, 'issue.unmerged').some(({ position }) => position > merge.position)) continue
        const together = acceptedEvents(log).filter((fact) => fact.position < merge.position && sideOf(log, merge.decision, fact) !== undefined)
        expect(issues.filter(({ events }) => events.some((fact) => together.includes(fact))).length).toBe(together.length === 0 ? 0 : 1)
      }
    })
  })

  test('what was unmerged meets again only by a later merge, or by a key that holds events of a side and others', () => {
    always((log, configuration) => {
      for (const cut of mergesOf(log, 'issue.unmerged')) {
        const sidesOf = (events: readonly EventFact[]): number => new Set(events.map((fact) => sideOf(log, cut.decision, fact))).size
        const mixed = issuesUnder(log, configuration).flatMap(({ keys }) => keys.filter(({ events }) => sidesOf(events) > 1).flatMap(({ events }) => events))
        const isLaterMerge = ({ position, decision }: DecisionFact): boolean => decision.type === 'issue.merged' && position > cut.position
        const pure = acceptedEvents(log).filter((fact) => !mixed.includes(fact))
        const rest = { ...log, facts: log.facts.filter((fact) => ('event' in fact ? pure.includes(fact) : !isLaterMerge(fact))) }
        for (const { events } of issuesUnder(rest, configuration)) expect(sidesOf(events)).toBe(1)
      }
    })
  })

  test('a new event joins no issues', () => {
    const event: fc.Arbitrary<Step> = arbitrarySteps(20, { quiet: true }).map((steps) => steps.find((step) => step.do === 'event')!).filter(Boolean)
    fc.assert(fc.property(arbitrarySteps(30), event, (steps, one) => {
      const before = imagine(steps)
      const after = imagine([one], { ...before, facts: [...before.facts] })
      for (const configuration of configurationsOf(before)) {
        const known = new Set(issuesUnder(before, configuration).map(({ id }) => id))
        expect(new Set(issuesUnder(after, configuration).map(({ id }) => id)).isSupersetOf(known)).toBe(true)
      }
    }), { numRuns: runs })
  })
})

test('the generated logs hold what the laws are about: joins, splits, regressions, bound merges, cuts and applied generations', () => {
  const seen = { binding: 0, cut: 0, applied: 0, regressed: 0, ignored: 0, merged: 0, comments: 0 }
  for (const steps of fc.sample(arbitrarySteps(40), { numRuns: 200, seed: 1 })) {
    const log = imagine(steps)
    if (bindingPieces(log).length > 0) seen.binding++
    if (mergesOf(log, 'issue.unmerged').length > 0) seen.cut++
    if (generationsOf(log).some(({ state }) => state === 'retired')) seen.applied++
    const issues = issuesUnder(log, liveGeneration(log).configuration)
    if (issues.some(({ substatus }) => substatus === 'regressed')) seen.regressed++
    if (issues.some(({ status }) => status === 'ignored')) seen.ignored++
    if (issues.some(({ keys }) => keys.length > 1)) seen.merged++
    if (issues.some(({ comments }) => comments.length > 0)) seen.comments++
  }
  for (const [name, count] of Object.entries(seen)) expect(count, name).toBeGreaterThan(15)
})

function mergesOf(log: Log, type: MergeDecision['type']): DecisionFact<MergeDecision>[] {
  return decisionsOf(log).filter((each): each is DecisionFact<MergeDecision> => isMergeDecision(each.decision) && each.decision.type === type)
}
