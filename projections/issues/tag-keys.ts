// Where the keys of a search lie among an issue's tags (issue_tag). The fold tells people apart by one tag, `user`, whose value says
// what it is: `id:7`, `email:ada@example.com` (protocol 4.8).

import type { MatchTerm, Pattern } from '../../core/search/term.ts'

export type TagLookup = { tag: string; prefix: string }

const lookups: Readonly<Record<string, readonly TagLookup[]>> = {
  release: own('release'), environment: own('environment'), 'http.url': own('url'),
  'user.id': [{ tag: 'user', prefix: 'id:' }],
  'user.ip': [{ tag: 'user', prefix: 'ip:' }],
  'user.email': [...own('user.email'), { tag: 'user', prefix: 'email:' }],
  'user.username': [...own('user.username'), { tag: 'user', prefix: 'username:' }],
  'error.handled': own('handled'),
}

function own(tag: string): TagLookup[] {
  return [{ tag, prefix: '' }]
}

/** Undefined = the key is no tag. */
export function findTagLookups({ key, tag }: Pick<MatchTerm, 'key' | 'tag'>): readonly TagLookup[] | undefined {
  return tag ? own(key) : Object.hasOwn(lookups, key) ? lookups[key] : undefined
}

/** What a tag's value must be; the tag `handled` says yes and no. */
export function valuesIn({ prefix, tag }: TagLookup, { key, patterns }: Pick<MatchTerm, 'key' | 'patterns'>): Pattern[] {
  if (key === 'error.handled' && tag === 'handled') return patterns.map(([value]) => [value === 'true' ? 'yes' : 'no'])
  return patterns.map(([first, ...rest]) => [prefix + first, ...rest])
}

/** Users are shown by the tag `user` alone; these are there to be found by. */
export const hiddenTagKeys: ReadonlySet<string> = new Set(['user.email', 'user.username'])
