// The issues that this browser has opened last, for the palette. Forgotten with the session: titles are data of the project.

import type { Level } from '../../core/contract/issue.ts'
import { readStored, writeStored } from './storage.ts'

export type Recent = { shortId: string; title: string; level: Level }

const name = 'refold.recent'
const kept = 8

/** Newest first. What is stored may have been written by any version: whatever is not understood is left out. */
export function recentIssues(): Recent[] {
  try {
    const stored: unknown = JSON.parse(readStored(name) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isRecent) : []
  } catch {
    return []
  }
}

export function noteRecent({ shortId, title, level }: Recent): void {
  writeStored(name, JSON.stringify([{ shortId, title: title.slice(0, 120), level }, ...recentIssues().filter((one) => one.shortId !== shortId)].slice(0, kept)))
}

export const forgetRecent = (): void => writeStored(name, null)

const isRecent = (value: unknown): value is Recent =>
  typeof value === 'object' && value !== null && ['shortId', 'title', 'level'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string')
