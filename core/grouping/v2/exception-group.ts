// Exception groups, Sentry's RFC 0079: several failures wrapped into one, of which the equal ones count once
// (grouping.md 3.3).

import { isObject, type JsonObject } from '../front.ts'
import { collectIds } from './collect.ts'
import { note, type Context } from './context.ts'
import { messageOf, readThrown, type Thrown } from './thrown.ts'

type Node = { sent: JsonObject; isGroup: boolean; children: Node[] }

/** The exceptions that count, outermost last; the list as it is where it is no group. */
export function reduceGroup(exceptions: JsonObject[], context: Context): JsonObject[] {
  const root = buildTree(exceptions)
  if (!root) return exceptions
  const leaves = findLeaves(root)
  const distinct = new Map<string, Node>()
  for (const leaf of leaves) {
    const signature = sign(readThrown(leaf.sent, context), context)
    if (!distinct.has(signature)) distinct.set(signature, leaf)
  }
  const [only] = distinct.values()
  if (!only) return exceptions
  const kept = distinct.size === 1 ? followCauses(only) : [...[...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { sent }]) => sent), root.sent]
  if (kept.length < exceptions.length) note(context, `exception group reduced to ${kept.length} of ${exceptions.length}`)
  return kept
}

/** Undefined unless every exception has its own id, there is a root 0, and one says that it is a group. */
function buildTree(exceptions: JsonObject[]): Node | undefined {
  if (!exceptions.some(({ mechanism }) => isObject(mechanism) && mechanism.is_exception_group === true)) return undefined
  const nodes = new Map<unknown, Node & { id: number; parent: unknown }>()
  for (const sent of exceptions) {
    const mechanism = isObject(sent.mechanism) ? sent.mechanism : {}
    const { exception_id: id, parent_id: parent } = mechanism
    if (typeof id !== 'number' || id === parent || nodes.has(id)) return undefined
    nodes.set(id, { sent, isGroup: mechanism.is_exception_group === true, children: [], id, parent })
  }
  // SDKs number a node's children in their order, whatever the order of the list.
  for (const node of [...nodes.values()].sort((a, b) => a.id - b.id)) nodes.get(node.parent)?.children.push(node)
  return nodes.get(0)
}

/** The first node on each path that is no group. */
function findLeaves(root: Node): Node[] {
  const leaves: Node[] = []
  const seen = new Set<Node>()
  const open = [root]
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    if (node.isGroup) open.push(...node.children.toReversed())
    else leaves.push(node)
  }
  return leaves
}

/** The leaf and what caused it, oldest first. */
function followCauses(leaf: Node): JsonObject[] {
  const chain: JsonObject[] = []
  const seen = new Set<Node>()
  for (let node: Node | undefined = leaf; node && !seen.has(node); node = node.children[0]) {
    seen.add(node)
    chain.unshift(node.sent)
  }
  return chain
}

/** Type and application frames, else library frames, else the message. */
function sign(thrown: Thrown, context: Context): string {
  const { ids } = thrown.application.ids.length > 0 ? thrown.application : collectIds(thrown.stack, 'library', context)
  const parts = ids.length > 0 ? ids : [messageOf(thrown, context)]
  return [thrown.type, ...parts].join('\u001E')
}
