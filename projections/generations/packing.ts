// Decoded events on their way from the thread that decodes to the one that folds (page-thread.ts). Copying an object costs as much as
// half its decoding, so what repeats from event to event, which is nearly all, goes once per page, and each event is a row of numbers.

import type { Tag } from '../../core/event/tags.ts'
import type { DecodedGrouped, GroupedEvent } from '../decode/decode.ts'

/** Parts of an event that are the same in many. */
type Shared = { summary: Omit<GroupedEvent['summary'], 'seenAt' | 'userTag' | 'tags' | 'searchTags'> } & Pick<GroupedEvent, 'grouping' | 'others' | 'frames'>

export type Packed = {
  projectId: number
  /** By place in the page: what is not an event. */
  decisions: [place: number, decoded: DecodedGrouped][]
  /** Per event: position, recordedAt, seenAt, index in `shared`, in `users`, how many of `tagsOf`, how many of those are shown. */
  rows: Float64Array
  /** Indexes in `tags`, event after event. */
  tagsOf: Uint32Array
  shared: Shared[]
  users: (string | null)[]
  tags: Tag[]
}

const width = 7
const mostVariants = 8

export type Packer = { add(facts: readonly DecodedGrouped[]): void; finish(): Packed }

/** Packs facts of one project as they come: what was decoded needs not live until the page is full. */
export function createPacker(projectId: number): Packer {
  const shared: Shared[] = []
  /** By key: indexes in `shared`. */
  const variants = new Map<string, number[]>()
  const users: (string | null)[] = []
  const userIndexes = new Map<string | null, number>()
  const tags: Tag[] = []
  /** By name and value: indexes in `tags`. */
  const tagIndexes = new Map<string, Map<string, number>>()
  const decisions: Packed['decisions'] = []
  const rows: number[] = []
  const tagsOf: number[] = []
  let place = 0
  function add({ fact, event }: DecodedGrouped & { event: GroupedEvent }): void {
    const { seenAt, userTag, tags: shown, searchTags, title, culprit, type, metadata, level, platform, logger, release, unhandled } = event.summary
    const summary = { title, culprit, type, metadata, level, platform, logger, release, unhandled }
    const grouping = event.grouping.title === undefined ? { key: event.grouping.key } : { key: event.grouping.key, title: event.grouping.title }
    const part = { summary, grouping, others: event.others, frames: event.frames }
    rows.push(fact.position, fact.recordedAt.getTime(), seenAt.getTime(), indexShared(part), indexUser(userTag), shown.length + searchTags.length, shown.length)
    for (const tag of shown) tagsOf.push(indexTag(tag))
    for (const tag of searchTags) tagsOf.push(indexTag(tag))
  }
  function indexShared(part: Shared): number {
    let known = variants.get(part.grouping.key)
    if (!known) variants.set(part.grouping.key, (known = []))
    const same = known.find((index) => isSame(shared[index]!, part))
    if (same !== undefined) return same
    const index = shared.push(part) - 1
    // Messages that hold an id differ each time: only the newest few are worth a look.
    if (known.length === mostVariants) known.shift()
    known.push(index)
    return index
  }
  function indexUser(user: string | null): number {
    let index = userIndexes.get(user)
    if (index === undefined) userIndexes.set(user, (index = users.push(user) - 1))
    return index
  }
  function indexTag(tag: Tag): number {
    let values = tagIndexes.get(tag[0])
    if (!values) tagIndexes.set(tag[0], (values = new Map()))
    let index = values.get(tag[1])
    if (index === undefined) values.set(tag[1], (index = tags.push(tag) - 1))
    return index
  }
  return {
    add(facts) {
      for (const { event, ...decoded } of facts) {
        if (event) add({ ...decoded, event })
        else decisions.push([place, { ...decoded, event }])
        place++
      }
    },
    finish: () => ({ projectId, decisions, rows: Float64Array.from(rows), tagsOf: Uint32Array.from(tagsOf), shared, users, tags }),
  }
}

/** Of one key. */
function isSame(a: Shared, b: Shared): boolean {
  return sameFields(a.summary, b.summary) && sameFields(a.summary.metadata, b.summary.metadata) && a.grouping.title === b.grouping.title && a.frames === b.frames
    && a.others.length === b.others.length && a.others.every(({ config, key }, index) => config === b.others[index]!.config && key === b.others[index]!.key)
}

/** But for the metadata, values are texts, booleans and null. */
function sameFields(a: object, b: object): boolean {
  const names = Object.keys(a) as (keyof typeof a)[]
  return names.length === Object.keys(b).length && names.every((name) => name === ('metadata' as string) || a[name] === b[name])
}

/** In the order they were packed. */
export function unpackFacts({ projectId, decisions, rows, tagsOf, shared, users, tags }: Packed): DecodedGrouped[] {
  const facts: DecodedGrouped[] = []
  let decided = 0
  let tag = 0
  const addDecisions = (): void => {
    for (; decisions[decided]?.[0] === facts.length; decided++) facts.push(decisions[decided]![1])
  }
  addDecisions()
  for (let at = 0; at < rows.length; at += width) {
    const [position, recordedAt, seenAt, part, user, count, shown] = rows.subarray(at, at + width) as unknown as [number, number, number, number, number, number, number]
    const { summary, ...rest } = shared[part]!
    const own = Array.from(tagsOf.subarray(tag, (tag += count)), (index) => tags[index]!)
    facts.push({
      fact: { position, recordedAt: new Date(recordedAt), projectId, actor: null },
      decision: null,
      event: { summary: { ...summary, seenAt: new Date(seenAt), userTag: users[user]!, tags: own.slice(0, shown), searchTags: own.slice(shown) }, ...rest },
    })
    addDecisions()
  }
  return facts
}
