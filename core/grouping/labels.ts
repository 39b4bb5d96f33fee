// The words for the components of a key, for explanations and comparisons (grouping.md 3.8).

import type { Component } from './types.ts'

const labels: Record<string, string> = {
  F: 'fingerprint', D: 'default', E: 'exception', t: 'type', n: 'error domain', c: 'error code', f: 'frame', s: 'library frame', l: 'crash line', m: 'message',
  M: 'message', x: 'transaction', k: 'report', d: 'directive', u: 'blocked', b: 'built-in', p: 'template', 0: 'nothing in the event to group by',
}

export function labelOf(tag: string): string {
  return Object.hasOwn(labels, tag) ? labels[tag]! : tag
}

/** A frame's location and function with a blank between them; anything else as it is. */
export function showValue([tag, value]: Component): string {
  if (value === '') return '(none)'
  return tag === 'f' || tag === 's' ? value.replace('\u001F', ' ').trim() : value
}
