// SDKs send more level words than Refold draws; each has one of five spines. Pure.

import type { Level } from '../../../core/contract/issue.ts'

const known: Record<string, Level> = { fatal: 'fatal', critical: 'fatal', error: 'error', warning: 'warning', warn: 'warning', info: 'info', log: 'info', debug: 'debug', trace: 'debug' }

export function levelOf(word: string): Level {
  const name = word.toLowerCase()
  return Object.hasOwn(known, name) ? known[name]! : 'info'
}
