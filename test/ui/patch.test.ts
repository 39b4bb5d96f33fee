// Live patches of cached issue rows, and their truce with a person's own change that is still on its way.

import { QueryClient } from '@tanstack/solid-query'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Issue, IssueDetail } from '../../core/contract/issue.ts'
import type { IssuePatch, IssuesMessage } from '../../core/contract/live.ts'
import type { IssuePage } from '../../ui/data/issuePages.ts'
import { changeAhead, patchIssues, showAhead } from '../../ui/data/patch.ts'

const list = ['issues', 'shop', 'is:unresolved', 'date', null, {}]
let client: QueryClient

const row = (id: string): Issue => ({ id, count: '1', userCount: 1, lastSeen: 'then', level: 'error', status: 'unresolved', substatus: 'new', assignedTo: null, numComments: 0, stats: { '24h': [[0, 1]] } }) as unknown as Issue
const patch = (id: string, count: string, status: Issue['status'] = 'unresolved'): IssuePatch => ({ id, count, userCount: 2, lastSeen: 'now', level: 'error', status, substatus: null, assignedTo: null, numComments: 0, stats24h: [[0, Number(count)]] })
const message = (position: number, ...patches: IssuePatch[]): IssuesMessage => ({ position, project: '1', generation: '1', patches, created: [], overflow: false })
const rows = (): Issue[] => [0, 1].flatMap((page) => client.getQueryData<IssuePage>([...list, page])!.issues)
const detail = (): IssueDetail => client.getQueryData<{ issue: IssueDetail }>(['issue', 'SHOP-A'])!.issue

beforeEach(() => {
  client = new QueryClient()
  const page = (ids: string[], position: number): IssuePage => ({ issues: ids.map(row), position, previous: null, next: null, hits: null })
  client.setQueryData([...list, 0], page(['a', 'b'], 10))
  client.setQueryData([...list, 1], page(['c'], 20))
  client.setQueryData(['issue', 'SHOP-A'], { issue: { ...row('a'), activity: ['kept'] }, position: 10 })
})

describe('a live patch', () => {
  test('changes the row in the list and on the detail page, and nothing else', () => {
    const before = rows()
    patchIssues(client, message(11, patch('a', '5')))
    expect(rows()[0]).toMatchObject({ count: '5', userCount: 2, lastSeen: 'now', stats: { '24h': [[0, 5]] } })
    expect(rows()[1]).toBe(before[1])
    expect(detail()).toMatchObject({ count: '5', activity: ['kept'] })
  })
  test('neither adds nor moves nor removes a row, also when the status leaves the filter', () => {
    patchIssues(client, message(11, patch('unknown', '5'), patch('a', '2', 'resolved')))
    expect(rows().map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })
  test('that is not newer than what the page reflects is dropped', () => {
    patchIssues(client, message(15, patch('c', '5')))
    expect(rows()[2]?.count).toBe('1')
    patchIssues(client, message(21, patch('c', '6')))
    patchIssues(client, message(21, patch('c', '5')))
    expect(rows()[2]?.count).toBe('6')
  })
})

describe('a change shown ahead of the server', () => {
  const resolved = { status: 'resolved', substatus: null } as const
  test('is not taken back by patches from before the write, while counts go on', () => {
    const change = changeAhead(client, ['a'], resolved)
    patchIssues(client, message(11, patch('a', '5')))
    expect(rows()[0]).toMatchObject({ status: 'resolved', count: '5' })
    change.stored(13)
    patchIssues(client, message(12, patch('a', '6')))
    expect(rows()[0]).toMatchObject({ status: 'resolved', count: '6' })
    patchIssues(client, message(14, patch('a', '7')))
    expect(rows()[0]).toMatchObject({ status: 'unresolved', count: '7' })
  })
  test('is also shown of a row that was read meanwhile', () => {
    const change = changeAhead(client, ['z'], resolved)
    expect(showAhead(row('z'), 20)).toMatchObject(resolved)
    change.stored(22)
    expect(showAhead(row('z'), 21)).toMatchObject(resolved)
    expect(showAhead(row('z'), 22)).toMatchObject({ status: 'unresolved' })
    expect(showAhead(row('a'), 1)).toMatchObject({ status: 'unresolved' })
  })
  test('that fails gives every row its former state, and keeps the counts of now', () => {
    const change = changeAhead(client, ['a', 'b'], resolved)
    patchIssues(client, message(11, patch('a', '5')))
    change.undo()
    expect(rows()[0]).toMatchObject({ status: 'unresolved', substatus: 'new', count: '5' })
    expect(rows()[1]).toMatchObject({ status: 'unresolved', substatus: 'new' })
    expect(detail().status).toBe('unresolved')
  })
  test('and that a later one has overtaken changes nothing any more, however it ends', () => {
    const [first, second] = [changeAhead(client, ['a'], resolved), changeAhead(client, ['a'], { status: 'ignored', substatus: 'archived_forever' })]
    first.stored(11)
    patchIssues(client, message(12, patch('a', '5', 'resolved')))
    expect(rows()[0]).toMatchObject({ status: 'ignored', count: '5' })
    const third = changeAhead(client, ['a'], resolved)
    second.undo()
    expect(rows()[0]).toMatchObject(resolved)
    third.undo()
    expect(rows()[0]).toMatchObject({ status: 'ignored' })
  })
})
