// Parts of an event with fields of their own: which rules reach which field is a table, built from these pieces.

import { isObject, type JsonObject } from '../event/json.ts'
import { judgeName } from './names.ts'
import { onlyAsked } from './reach.ts'
import { hide, type Run } from './run.ts'
import { scrubString, type Reach } from './text.ts'
import { findLabel, isHarmless, mapFields, mapItems, remove, scrubField, scrubValue } from './value.ts'

export type Scrub = (value: unknown, run: Run, levels: number) => unknown

/** `isField`: its name is a name as any other, so that the project can name it as sensitive; else it only holds the parts. */
export type Shape = { isField: boolean; scrub: Scrub }

export const untouched: Shape = { isField: false, scrub: (value) => value }

/** A field whose whole value is under one reach, or has a form of its own. */
export function field(by: Reach | Scrub): Shape {
  return { isField: true, scrub: typeof by === 'function' ? by : (value, run, levels) => scrubValue(value, by, run, levels) }
}

/** As `field(onlyAsked)`, for values that look like addresses and are none. */
export const versionField: Shape = field((value, run, levels) => (typeof value === 'string' ? scrubString(value, onlyAsked, run, true) : scrubValue(value, onlyAsked, run, levels)))

/** A field that holds an address and goes with it. */
export const addressField: (reach: Reach) => Shape = (reach) =>
  field((value, run, levels) => (run.rules.addresses ? remove(value, run) : scrubValue(value, reach, run, levels)))

/** An object with known fields; the others, and whatever is sent instead of an object, are under `others`. */
export function fields(shapes: Record<string, Shape>, others: Reach): Shape {
  const table: Table = { shapes: new Map(Object.entries(shapes)), others }
  // A pair is data where a structure should be.
  const isStructure = (value: unknown): value is JsonObject => {
    if (!isObject(value)) return false
    const label = findLabel(value)
    return label === null || Object.keys(value).some((name) => name !== label && table.shapes.has(name))
  }
  return {
    isField: false,
    scrub: (value, run, levels) => (levels > 0 && isStructure(value) ? mapFields(value, scrubKnown, table, run, levels) : scrubValue(value, others, run, levels)),
  }
}

/** The same shape for each of the names. */
export function each(names: string, shape: Shape): Record<string, Shape> {
  return Object.fromEntries(names.split(' ').map((name) => [name, shape]))
}

type Table = { shapes: Map<string, Shape>; others: Reach }

function scrubKnown(name: string, value: unknown, { shapes, others }: Table, run: Run, levels: number): unknown {
  const shape = shapes.get(name)
  if (shape === undefined) return scrubField(name, value, others, run, levels)
  const kind = judgeName(name, run.rules)
  if (kind === 'safe') return value
  if (kind === 'asked' && shape.isField) return isHarmless(value) ? value : hide(run, 'field')
  return shape.scrub(value, run, levels)
}

/** A list of `shape`; anything else is one. */
export function list(shape: Shape): Shape {
  const visit = (part: unknown, by: Shape, run: Run, levels: number): unknown => by.scrub(part, run, levels)
  return {
    isField: false,
    scrub: (value, run, levels) => (Array.isArray(value) && levels > 0 ? mapItems(value, visit, shape, run, levels) : shape.scrub(value, run, levels)),
  }
}

/** Values list of protocol 4.0: a list, `{values: …}` or one bare object. */
export function values(shape: Shape, others: Reach): Shape {
  const items = list(shape)
  const wrapped = fields({ values: items }, others)
  const holdsValues = (value: unknown): value is JsonObject => isObject(value) && 'values' in value
  return { isField: false, scrub: (value, run, levels) => (holdsValues(value) ? wrapped : items).scrub(value, run, levels) }
}
