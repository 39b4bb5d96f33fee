// The last step of grouping, and the only code that all versions share besides the front end. Frozen.

import { hash } from 'node:crypto'
import type { Component } from './types.ts'

/**
 * `domain:` and the first 32 hex digits of sha256 over `domain \n` and `tag length:value` of each component
 * (grouping.md 1; lengths in UTF-16 units). The lengths make boundaries unforgeable: ["ab","c"] differs from ["a","bc"].
 */
export function encodeKey(domain: string, components: readonly Component[]): string {
  let text = `${domain}\n`
  for (const [tag, value] of components) text += `${tag}${value.length}:${value}`
  return `${domain}:${hash('sha256', text, 'hex').slice(0, 32)}`
}
