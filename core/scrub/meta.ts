// `_meta` says what an SDK cut from the event, and may carry what was there before (protocol 4.12): only the remarks stay.

import { isObject } from '../event/json.ts'
import { everything } from './reach.ts'
import { note, type Run } from './run.ts'
import { mapFields, scrubValue } from './value.ts'

const remarks = new Set(['rem', 'err', 'len'])

/** Undefined = gone: a node that is no object says nothing about the event. */
export function scrubMeta(value: unknown, run: Run, levels: number): unknown {
  if (value === null || value === undefined) return value
  if (!isObject(value) || levels <= 0) return drop(run)
  return mapFields(value, (name, part, _, inner, left) => (name === '' ? scrubRemarks(part, inner, left) : scrubMeta(part, inner, left)), null, run, levels)
}

function scrubRemarks(value: unknown, run: Run, levels: number): unknown {
  if (!isObject(value)) return drop(run)
  return mapFields(value, keepRemark, null, run, levels)
}

function keepRemark(name: string, part: unknown, _: null, run: Run, levels: number): unknown {
  return remarks.has(name) ? scrubValue(part, everything, run, levels) : drop(run)
}

function drop(run: Run): undefined {
  note(run, 'original')
}
