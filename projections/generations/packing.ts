// Decoded events on their way from the thread that decodes to the one that folds (page-thread.ts). Copying an object costs as much as
// half its decoding, so what repeats from event to event, which is nearly all, goes once per page, and each event is a row of numbers.

import type { Tag } from '../../core/event/tags.ts'
import type { DecodedGrouped, GroupedEvent } from '../decode/decode.ts'

/** Parts of an event that are the same in many. */
type Shared = { summary: Omit<GroupedEvent['summary'], 'seenAt' | 'userTag' | 'tags'>; grouping: GroupedEvent['grouping']; others: GroupedEvent['others'] }

export type Packed = {
  projectId: number
  /** By place in the page: what is not an event. */
  decisions: [place: number, decoded: DecodedGrouped][]
  /** Per event: position, recordedAt, seenAt, index in `shared`, in `users`, how many of `tagsOf`. */
  rows: Float64Array
  /** Indexes in `tags`, event after event. */
  tagsOf: Uint32Array
  shared: Shared[]
  users: (string | null)[]
  tags: Tag[]
}

const width = 6

export type Packer = { add(facts: readonly DecodedGrouped[]): void; finish(): Packed }

/** Packs facts of one project as they come: what was decoded needs not live until the page is full. */
export function createPacker(projectId: number): Packer {
  const shared = createList<Shared>()
  const users = createList<string | null>()
  const tags = createList<Tag>()
  const decisions: Packed['decisions'] = []
  const rows: number[] = []
  const tagsOf: number[] = []
  let place = 0
  function add({ fact, event }: DecodedGrouped & { event: GroupedEvent }): void {
    const { seenAt, userTag, tags: own, title, culprit, type, metadata, level, platform, logger, release, unhandled } = event.summary
    const summary = { title, culprit, type, metadata, level, platform, logger, release, unhandled }
    const grouping = event.grouping.title === undefined ? { key: event.grouping.key } : { key: event.grouping.key, title: event.grouping.title }
    const part = { summary, grouping, others: event.others }
    rows.push(fact.position, fact.recordedAt.getTime(), seenAt.getTime(), shared.indexOf(nameShared(part), part), users.indexOf(userTag ?? '\0', userTag), own.length)
    for (const tag of own) tagsOf.push(tags.indexOf(`${tag[0]}\0${tag[1]}`, tag))
  }
  return {
    add(facts) {
      for (const { event, ...decoded } of facts) {
        if (event) add({ ...decoded, event })
        else decisions.push([place, { ...decoded, event }])
        place++
      }
    },
    finish: () => ({ projectId, decisions, rows: Float64Array.from(rows), tagsOf: Uint32Array.from(tagsOf), shared: shared.all, users: users.all, tags: tags.all }),
  }
}

/** No part holds a NUL: texts of events are clean (core/event/payload.ts). */
function nameShared({ summary: { title, culprit, type, metadata, level, platform, logger, release, unhandled }, grouping, others }: Shared): string {
  const keys = others.map(({ config, key }) => `${config} ${key}`).join(' ')
  return [grouping.key, grouping.title ?? '\0', keys, title, culprit, type, level, platform, logger ?? '\0', release ?? '\0', unhandled, JSON.stringify(metadata)].join('\0')
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
    const [position, recordedAt, seenAt, part, user, count] = rows.subarray(at, at + width) as unknown as [number, number, number, number, number, number]
    const { summary, grouping, others } = shared[part]!
    const own = Array.from(tagsOf.subarray(tag, (tag += count)), (index) => tags[index]!)
    facts.push({
      fact: { position, recordedAt: new Date(recordedAt), projectId, actor: null },
      decision: null,
      event: { summary: { ...summary, seenAt: new Date(seenAt), userTag: users[user]!, tags: own }, grouping, others },
    })
    addDecisions()
  }
  return facts
}

function createList<T>(): { all: T[]; indexOf(name: string, value: T): number } {
  const all: T[] = []
  const known = new Map<string, number>()
  return {
    all,
    indexOf(name, value) {
      let index = known.get(name)
      if (index === undefined) known.set(name, (index = all.push(value) - 1))
      return index
    },
  }
}
