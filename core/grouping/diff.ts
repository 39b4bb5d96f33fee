// How the issues of one generation become those of another (grouping.md 5.2): from the events that each pair of issues shares to groups
// of issues that belong together on both sides, each with a word for what happens to it. The preview of a regroup shows these. Pure.

/** `events` that are in the issue `before` now and in the issue `after` then; `sameKey`: all of them under one key, the same in both. */
export type Pair = { before: number; after: number; events: number; sameKey: boolean }

/** One issue each, with its key or with another; n to 1; 1 to n; n to m. */
export type ChangeKind = 'unchanged' | 'rekeyed' | 'merged' | 'split' | 'mixed'

/** Ids ascending; `links` by their events, most first. */
export type Group<P extends Pair = Pair> = { kind: ChangeKind; before: number[]; after: number[]; links: P[]; events: number }

/**
 * Issues that share events, directly or by others, are one group; every issue of a pair is in exactly one. Groups of most issues come
 * first, then those with the smallest id: the order does not depend on how many events have arrived since.
 */
export function groupPairs<P extends Pair>(pairs: readonly P[]): Group<P>[] {
  const roots = new Map<number, number>()
  const rootOf = (id: number): number => {
    let root = id
    for (let next = roots.get(root); next !== undefined && next !== root; next = roots.get(root)) root = next
    roots.set(id, root)
    return root
  }
  const firstBefore = new Map<number, number>()
  for (const { before, after } of pairs) {
    const other = rootOf(firstBefore.get(after) ?? before)
    firstBefore.set(after, other)
    const [low, high] = [Math.min(rootOf(before), other), Math.max(rootOf(before), other)]
    roots.set(high, low)
  }
  const linksOf = new Map<number, P[]>()
  for (const pair of pairs) {
    const root = rootOf(pair.before)
    const links = linksOf.get(root)
    if (links) links.push(pair)
    else linksOf.set(root, [pair])
  }
  return [...linksOf.values()].map(describeGroup).sort((a, b) => sizeOf(b) - sizeOf(a) || a.before[0]! - b.before[0]!)
}

function describeGroup<P extends Pair>(links: P[]): Group<P> {
  const before = distinct(links.map((link) => link.before))
  const after = distinct(links.map((link) => link.after))
  links.sort((a, b) => b.events - a.events || a.before - b.before || a.after - b.after)
  return { kind: kindOf(before, after, links), before, after, links, events: links.reduce((sum, { events }) => sum + events, 0) }
}

function kindOf(before: readonly number[], after: readonly number[], links: readonly Pair[]): ChangeKind {
  if (before.length > 1) return after.length > 1 ? 'mixed' : 'merged'
  if (after.length > 1) return 'split'
  return before[0] === after[0] && links[0]!.sameKey ? 'unchanged' : 'rekeyed'
}

/** How many issues a group is about, on both sides. */
export function sizeOf({ before, after }: Pick<Group, 'before' | 'after'>): number {
  return before.length + after.length
}

function distinct(ids: number[]): number[] {
  return [...new Set(ids)].sort((a, b) => a - b)
}
