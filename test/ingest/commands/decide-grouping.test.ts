// The pure decisions about a project's grouping, and about which issues belong together.

import { describe, expect, test } from 'vitest'
import {
  decideApply, decideDiscard, decideRequest, decideRollback, decideRules, type ApplyRequest, type KnownGeneration, type Preview, type ProjectGrouping,
} from '../../../core/grouping/decide.ts'
import type { IssueState } from '../../../core/issue/decide.ts'
import { decideMerge, decideUnmerge } from '../../../core/issue/merge.ts'

const generation = (id: number, state: KnownGeneration['state'], over: Partial<KnownGeneration> = {}): KnownGeneration => ({
  id, state, configuration: { version: 'v2', revision: 0 }, thenApply: false, failed: false, ...over,
})
const live = generation(1, 'live', { configuration: { version: 'v1', revision: 0 } })
const text = { rules: 'type:A -> a', frameRules: '' }

/** A live generation under v1, rules 20 and 30, of which 30 is the newest; and other generations. */
const given = (...generations: KnownGeneration[]): ProjectGrouping => ({ project: 7, live, generations: [live, ...generations], revisions: new Set([20, 30]), rules: { id: 30, ...text } })

describe('rules', () => {
  test('are a new revision when a text of the two differs, and nothing when they are what they were', () => {
    expect(decideRules(given(), text)).toEqual({ decisions: [] })
    expect(decideRules(given(), { ...text, frameRules: 'app:yes -app' })).toEqual({ decisions: [{ type: 'grouping.revised', data: { project: 7, rules: 'type:A -> a', frameRules: 'app:yes -app' } }] })
    expect(decideRules({ ...given(), rules: null }, { rules: '', frameRules: '' }).decisions).toHaveLength(1)
  })
})

describe('a generation that is asked for', () => {
  const requested = (version: string, revision: number, more = {}) => ({ decisions: [{ type: 'grouping.requested', data: { project: 7, grouping: { version, revision }, ...more } }] })
  test('has the live version and the newest rules unless the request says otherwise', () => {
    expect(decideRequest(given(), {})).toEqual(requested('v1', 30))
    expect(decideRequest({ ...given(), rules: null }, {})).toEqual(requested('v1', 0))
    expect(decideRequest(given(), { version: 'v2', revision: 20, thenApply: true })).toEqual(requested('v2', 20, { thenApply: true }))
    expect(decideRequest(given(), { revision: null })).toEqual(requested('v1', 0))
  })
  test('must be of rules that the project has', () => {
    expect(decideRequest(given(), { revision: 21 })).toEqual({ refused: 'unknownRevision' })
    expect(decideRequest(given(), { revision: Number.NaN })).toEqual({ refused: 'unknownRevision' })
  })
  test('is the one that is built already, unless that failed, is over, or would not be applied by itself as this one', () => {
    const built = generation(40, 'building')
    const ask = (other: KnownGeneration, thenApply = false) => decideRequest(given(other), { version: 'v2', revision: null, thenApply })
    expect(ask(built)).toEqual({ existing: built })
    expect(ask({ ...built, thenApply: true }, true)).toMatchObject({ existing: { id: 40 } })
    for (const other of [{ ...built, failed: true }, generation(40, 'retired'), generation(40, 'discarded')]) expect(ask(other)).toEqual(requested('v2', 0))
    expect(ask(built, true)).toEqual(requested('v2', 0, { thenApply: true }))
  })
})

describe('discarding', () => {
  test('takes any generation of the project but the live one, once', () => {
    const project = given(generation(40, 'building'), generation(41, 'retired'), generation(42, 'discarded'))
    for (const id of [40, 41]) expect(decideDiscard(project, id)).toEqual({ decisions: [{ type: 'grouping.discarded', data: { project: 7, generation: id } }] })
    expect(decideDiscard(project, 42)).toEqual({ decisions: [] })
    expect(decideDiscard(project, 1)).toEqual({ refused: 'generationLive' })
    expect(decideDiscard(project, 43)).toEqual({ refused: 'notFound' })
  })
})

describe('applying', () => {
  const project = given(generation(40, 'building'), generation(41, 'retired'), generation(42, 'discarded'))
  const preview: Preview = { ready: true, token: 't', conflicts: [], parked: 1, liveParked: 1 }
  const decide = (over: Partial<Preview> = {}, asked: Partial<ApplyRequest> = {}) => decideApply(project, { ...preview, ...over }, { generation: 40, token: 't', accepted: [], ...asked })
  const applied = (generation: number, accepted: number[] = []) => ({ decisions: [{ type: 'grouping.applied', data: { project: 7, generation, accepted } }] })

  test('needs the preview as it is now, complete', () => {
    expect(decide()).toEqual(applied(40))
    expect(decide({}, { generation: 41 })).toEqual(applied(41))
    expect(decide({ token: 'u' })).toEqual({ refused: 'previewStale' })
    expect(decide({ token: 'u' }, { token: undefined })).toEqual(applied(40))
    expect(decide({ ready: false })).toEqual({ refused: 'notBuilt' })
    expect(decideApply(project, null, { generation: 40, token: 't', accepted: [] })).toEqual({ refused: 'previewStale' })
    expect(decideApply(project, null, { generation: 40, accepted: [] })).toEqual({ refused: 'notBuilt' })
  })
  test('needs every conflict accepted, and records those there are', () => {
    expect(decide({ conflicts: [5, 9] }, { accepted: [9] })).toEqual({ refused: 'conflictsOpen' })
    expect(decide({ conflicts: [5, 9] }, { accepted: [9, 5, 77] })).toEqual(applied(40, [5, 9]))
  })
  test('is refused with more parked than the live one, and of a generation that is live, gone or foreign', () => {
    expect(decide({ parked: 2 })).toEqual({ refused: 'parkedMore' })
    expect([1, 42, 43].map((id) => decide({}, { generation: id }))).toEqual([{ refused: 'generationLive' }, { refused: 'generationDiscarded' }, { refused: 'notFound' }])
  })
})

describe('rolling back', () => {
  const target = { generation: 41, configuration: { version: 'v2' as const, revision: 0 }, caughtUp: true }
  const project = given(generation(41, 'retired'))
  test('applies what was live before, or has it built first and then applied', () => {
    expect(decideRollback(project, null, null, [])).toEqual({ refused: 'noRollback' })
    expect(decideRollback(project, target, null, [])).toEqual({ decisions: [{ type: 'grouping.applied', data: { project: 7, generation: 41, accepted: [] } }] })
    const built = decideRollback(project, { ...target, caughtUp: false }, null, [])
    expect(built).toEqual({ decisions: [{ type: 'grouping.requested', data: { project: 7, grouping: target.configuration, thenApply: true } }] })
    expect(decideRollback(given(generation(50, 'building', { thenApply: true })), { ...target, caughtUp: false }, null, [])).toMatchObject({ existing: { id: 50 } })
  })
  test('does not undo an unmerge silently either', () => {
    expect(decideRollback(project, target, { conflicts: [5] }, [])).toEqual({ refused: 'conflictsOpen' })
    expect(decideRollback(project, target, { conflicts: [5] }, [5])).toMatchObject({ decisions: [{ data: { accepted: [5] } }] })
  })
})

describe('merging', () => {
  const grouping = { version: 'v1' as const, revision: 0 }
  test('makes the smallest id the issue, whatever the order', () => {
    const sides = [{ issue: 9, keys: ['v1:c'] }, { issue: 8, keys: ['v1:d', 'v1:e'] }]
    expect(decideMerge(7, sides, grouping)).toEqual({ decisions: [{ type: 'issue.merged', data: { project: 7, issue: 8, sides: sides.toReversed(), grouping } }] })
    expect(decideMerge(7, sides.slice(1), grouping)).toEqual({ refused: 'Name at least two different issues to merge them. These are one issue already.' })
  })
  test('is undone by sides that leave; some key stays', () => {
    const state: IssueState = { project: 7, issue: 8, keys: ['v1:d', 'v1:c', 'v1:e'], grouping, status: 'unresolved', substatus: null, resolvedIn: null, decidedAt: 0, changedAt: 0, assignee: null, comments: new Map() }
    expect(decideUnmerge(state, [['v1:c'], ['v1:e']])).toEqual({ decisions: [{ type: 'issue.unmerged', data: { project: 7, issue: 8, sides: [['v1:c'], ['v1:e']], rest: ['v1:d'], grouping } }] })
    expect(decideUnmerge(state, [['v1:x']])).toEqual({ refused: 'This issue has no key v1:x.' })
    expect(decideUnmerge(state, [['v1:c'], ['v1:c']])).toEqual({ refused: 'The key v1:c is named twice.' })
    expect(decideUnmerge(state, [['v1:c', 'v1:d'], ['v1:e']])).toEqual({ refused: 'At least one key must stay.' })
    expect(decideUnmerge({ ...state, keys: ['v1:d'] }, [['v1:d']])).toEqual({ refused: 'Events with one key cannot be unmerged; write a rule.' })
  })
})
