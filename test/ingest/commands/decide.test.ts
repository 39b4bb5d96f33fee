// The pure decisions: given facts, when a command comes, then facts.

import { describe, expect, test } from 'vitest'
import type { Decision } from '../../../core/decisions.ts'
import { decideIssue, evolveIssue, type IssueCommand, type IssueState } from '../../../core/issue/decide.ts'
import { decideProjectChange, evolveProjects, makeSlug, type Projects } from '../../../core/project/decide.ts'

const on = { project: 1, issue: 7, keys: ['v1:a'], grouping: { version: 'v2' as const, revision: 3 } }
const untouched: IssueState = { ...on, status: 'unresolved', substatus: null, resolvedIn: null, assignee: null, decidedAt: 1, changedAt: 1, comments: new Map() }

/** Facts are by user:1 unless said otherwise, at positions 10, 11 … */
function given(...facts: (Decision | [string, Decision])[]) {
  const state = facts.reduce((state, fact, index) => {
    const [actor, decision] = Array.isArray(fact) ? fact : ['user:1', fact]
    return evolveIssue(state, { position: 10 + index, actor, decision })
  }, untouched)
  return { when: (command: IssueCommand, actor = 'user:1') => ({ then: (expected: unknown) => expect(decideIssue(state, command, actor)).toEqual(expected) }) }
}

const resolved: Decision = { type: 'issue.resolved', data: on }
const commented: Decision = { type: 'comment.added', data: { ...on, text: 'seen it' } }

describe('an issue', () => {
  test('is resolved once', () => {
    given().when({ type: 'update', status: 'resolved' }).then({ decisions: [resolved] })
    given(resolved).when({ type: 'update', status: 'resolved' }).then({ decisions: [] })
  })
  test('is reopened, ignored, and assigned in the same command', () => {
    given(resolved).when({ type: 'update', status: 'unresolved' }).then({ decisions: [{ type: 'issue.reopened', data: on }] })
    given().when({ type: 'update', status: 'ignored', assignee: 'user:2' }).then({
      decisions: [
        { type: 'issue.ignored', data: { ...on, substatus: 'archived_forever' } },
        { type: 'issue.assigned', data: { ...on, assignee: 'user:2' } },
      ],
    })
    given({ type: 'issue.assigned', data: { ...on, assignee: 'user:2' } }).when({ type: 'update', assignee: 'user:2' }).then({ decisions: [] })
  })
  test('resolved in a release, or archived until something happens, is decided anew only where that says something else', () => {
    const release = { version: 'shop@1.2', including: false }
    const waiting: Decision = { type: 'issue.resolved', data: { ...on, release } }
    given(resolved).when({ type: 'update', status: 'resolved', release }).then({ decisions: [waiting] })
    given(waiting).when({ type: 'update', status: 'resolved', release }).then({ decisions: [] })
    given(waiting).when({ type: 'update', status: 'resolved' }).then({ decisions: [resolved] })
    const until = { events: 10 }
    const archived: Decision = { type: 'issue.ignored', data: { ...on, substatus: 'archived_until_condition_met', until } }
    given(archived).when({ type: 'update', status: 'ignored', substatus: 'archived_until_condition_met', until }).then({ decisions: [archived] })
    const escalating: Decision = { type: 'issue.ignored', data: { ...on, substatus: 'archived_until_escalating' } }
    given(escalating).when({ type: 'update', status: 'ignored', substatus: 'archived_until_escalating' }).then({ decisions: [] })
    given(escalating).when({ type: 'update', status: 'ignored' }).then({ decisions: [{ type: 'issue.ignored', data: { ...on, substatus: 'archived_forever' } }] })
  })
  test('is reviewed while it is new, and called an ordinary one after it escalated', () => {
    const reviewed: Decision = { type: 'issue.reviewed', data: on }
    given().when({ type: 'update', reviewed: true }).then({ decisions: [reviewed] })
    given(reviewed).when({ type: 'update', reviewed: true }).then({ decisions: [] })
    given(resolved).when({ type: 'update', reviewed: true }).then({ decisions: [] })
    const escalated: Decision = { type: 'issue.reopened', data: { ...on, because: 'escalating' } }
    given(escalated).when({ type: 'update', status: 'unresolved' }).then({ decisions: [] })
    given(escalated).when({ type: 'update', status: 'unresolved', as: 'ongoing' }).then({ decisions: [{ type: 'issue.reopened', data: { ...on, as: 'ongoing' } }] })
  })
  test('is called again what it was, exactly', () => {
    const reopenedAs = (as: 'regressed' | 'escalating' | 'ongoing'): Decision => ({ type: 'issue.reopened', data: { ...on, as } })
    for (const as of ['regressed', 'escalating', 'ongoing'] as const) {
      given(resolved).when({ type: 'update', status: 'unresolved', as }).then({ decisions: [reopenedAs(as)] })
      given(resolved, reopenedAs(as)).when({ type: 'update', status: 'unresolved', as }).then({ decisions: [] })
    }
    given().when({ type: 'update', status: 'unresolved', as: 'new' }).then({ decisions: [] })
    given({ type: 'issue.reviewed', data: on }).when({ type: 'update', status: 'unresolved', as: 'new' }).then({ decisions: [{ type: 'issue.reopened', data: on }] })
  })
  test('is deleted with all its keys', () => {
    given().when({ type: 'delete' }).then({ decisions: [{ type: 'issue.deleted', data: on }] })
  })
  test('whose keys differ always takes the decision', () => {
    expect(decideIssue({ ...untouched, status: undefined }, { type: 'update', status: 'unresolved' }, 'user:1')).toEqual({ decisions: [{ type: 'issue.reopened', data: on }] })
  })
})

describe('a comment', () => {
  test('is edited and deleted by its author only', () => {
    given(commented).when({ type: 'editComment', comment: 10, text: 'fixed' }).then({ decisions: [{ type: 'comment.edited', data: { ...on, comment: 10, text: 'fixed' } }] })
    given(commented).when({ type: 'editComment', comment: 10, text: 'seen it' }).then({ decisions: [] })
    given(commented).when({ type: 'editComment', comment: 10, text: 'fixed' }, 'user:2').then({ refused: 'forbidden' })
    given(['user:2', commented]).when({ type: 'deleteComment', comment: 10 }).then({ refused: 'forbidden' })
    given(commented).when({ type: 'deleteComment', comment: 10 }).then({ decisions: [{ type: 'comment.deleted', data: { ...on, comment: 10 } }] })
  })
  test('that is deleted, or was never made, is missing', () => {
    given(commented, { type: 'comment.deleted', data: { ...on, comment: 10 } }).when({ type: 'deleteComment', comment: 10 }).then({ refused: 'notFound' })
    given().when({ type: 'editComment', comment: 10, text: 'x' }).then({ refused: 'notFound' })
  })
})

describe('a project', () => {
  const created = (id: number, slug: string): Decision => ({ type: 'project.created', data: { id, slug, name: slug, platform: null, grouping: 'v1' } })
  const after = (...decisions: Decision[]): Projects => decisions.reduce<Projects>((projects, decision) => evolveProjects(projects, decision, new Date(0)), new Map())
  const shops = after(created(1, 'shop'), created(2, 'shop-2'))

  test('gets a slug of its name that is free and no number', () => {
    expect(['Shop', 'Café – Überall', '2024', '!!!'].map((name) => makeSlug(shops, name))).toEqual(['shop-3', 'cafe-uberall', 'project-2024', 'project'])
  })
  test('takes the slug of no other, but keeps its own', () => {
    expect(decideProjectChange(shops, shops.get(1)!, { slug: 'shop-2' })).toEqual({ refused: 'slugTaken' })
    expect(decideProjectChange(shops, shops.get(1)!, { slug: 'shop', name: 'shop' })).toEqual({ decisions: [] })
    const renamed = after(created(1, 'shop'), { type: 'project.changed', data: { id: 1, slug: 'store' } })
    expect(decideProjectChange(after(created(2, 'shop')), { ...renamed.get(1)!, id: 2 }, { slug: 'store' })).toEqual({ decisions: [] })
  })
})
