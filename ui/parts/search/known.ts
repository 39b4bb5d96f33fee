// What completion knows of the project: its tags, the values of the key at the caret, its people. Read from the server while somebody
// types; nothing here waits or fails visibly, the list is only shorter.

import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from 'solid-js'
import type { Member } from '../../../core/contract/member.ts'
import type { TagKey, TagValue } from '../../../core/contract/tag.ts'
import { type Answer, get } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { projectPath } from '../../data/session.ts'
import type { SearchState } from './state.ts'
import { type Known, type KnownValue, wantedValues } from './suggest.ts'

const freshMs = 60_000
const settleMs = 120
/** Of releases the newest ones. */
const fewest = 10
const some = 30

/** Where the values of a key lie; the fold tells people apart by one tag, whose values say what they are: `id:7`. */
const lookups: Readonly<Record<string, readonly { tag: string; prefix: string }[]>> = {
  'user.id': [{ tag: 'user', prefix: 'id:' }],
  'user.ip': [{ tag: 'user', prefix: 'ip:' }],
  'user.email': [{ tag: 'user.email', prefix: '' }, { tag: 'user', prefix: 'email:' }],
  'user.username': [{ tag: 'user.username', prefix: '' }, { tag: 'user', prefix: 'username:' }],
  'http.url': [{ tag: 'url', prefix: '' }],
  firstRelease: [{ tag: 'release', prefix: '' }],
}

export function createKnown(state: SearchState): Accessor<Known> {
  const ask = <T>(path: string, query: Record<string, string | number | null> = {}): Promise<Answer<T>> =>
    client.fetchQuery({ queryKey: ['completion', path, query], queryFn: ({ signal }) => get<T>(path, { query, signal }), staleTime: freshMs })
  const generation = (): string | null => state.generation()

  const tags = createAsked<readonly string[]>([], async () => {
    if (!state.isFocused()) return undefined
    return (await ask<TagKey[]>(projectPath(state.project(), 'tags/'), { generation: generation() })).body.map(({ key }) => key)
  })
  const members = createAsked<Known['members']>([], async () => {
    if (!state.isFocused() || state.subject !== 'issue') return undefined
    return (await ask<Member[]>(projectPath(state.project(), 'members/'))).body.flatMap(({ user }) => (user === null ? [] : [{ name: user.name, email: user.email }]))
  })
  const wanted = createMemo(() => (state.isFocused() ? wantedValues(state.text(), state.caret(), state.subject) : null), null, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) })
  const key = createMemo(() => JSON.stringify([wanted()?.key, wanted()?.tag]))
  const values = createAsked<{ key: string; values: readonly KnownValue[] }>({ key: '', values: [] }, async (settled) => {
    const want = wanted()
    const of = key()
    const [path, narrow] = [projectPath(state.project(), 'tags/'), { generation: generation() }]
    if (want === null) return { key: of, values: [] }
    const places = (want.tag ? undefined : lookups[want.key]) ?? [{ tag: want.key, prefix: '' }]
    const read = async (typed: string): Promise<{ values: KnownValue[]; isAll: boolean }> => {
      const limit = places[0]!.tag === 'release' ? fewest : some
      const answers = await Promise.all(places.map(async ({ tag, prefix }) => {
        const answer = await ask<TagValue[]>(`${path}${encodeURIComponent(tag)}/values/`, { query: prefix + typed, limit, ...narrow })
        return { isAll: answer.next === null, values: answer.body.map(({ value, count }) => ({ value: value.slice(prefix.length), count })) }
      }))
      return { values: answers.flatMap((one) => one.values), isAll: answers.every((one) => one.isAll) }
    }
    const first = await read('')
    // All are known, or how they begin is not: typing on narrows what is there.
    if (first.isAll || want.typed === '' || want.typed.includes('*')) return { key: of, values: first.values }
    await settled()
    return { key: of, values: (await read(want.typed)).values }
  })
  return createMemo(() => ({
    subject: state.subject, tags: tags(), members: members(), values: values().key === key() ? values().values : [],
    recent: state.recent(), day: new Date().toISOString().slice(0, 10),
  }))
}

/** The newest answer of `read`, which tracks what it reads before it first waits; what comes late or not at all changes nothing. */
function createAsked<T>(first: T, read: (settled: () => Promise<void>) => Promise<T | undefined>): Accessor<T> {
  const [answer, setAnswer] = createSignal<T>(first)
  createEffect(() => {
    let isOld = false
    onCleanup(() => (isOld = true))
    const settled = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, settleMs))
      if (isOld) throw new Error('typed on')
    }
    read(settled).then((found) => !isOld && found !== undefined && setAnswer(() => found), () => undefined)
  })
  return answer
}
