// What was searched for last, per project, in this browser.

import type { Subject } from '../../../core/search/words.ts'
import { readStored, writeStored } from '../../data/storage.ts'

const most = 10
const nameOf = (project: string, subject: Subject): string => `refold.searches.${subject}.${project}`

export function readRecent(project: string, subject: Subject): string[] {
  try {
    const stored: unknown = JSON.parse(readStored(nameOf(project, subject)) ?? '[]')
    return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string').slice(0, most) : []
  } catch {
    return []
  }
}

export function rememberSearch(project: string, subject: Subject, query: string): void {
  if (query !== '') writeStored(nameOf(project, subject), JSON.stringify([query, ...readRecent(project, subject).filter((one) => one !== query)].slice(0, most)))
}

export const forgetSearches = (project: string, subject: Subject): void => writeStored(nameOf(project, subject), null)
