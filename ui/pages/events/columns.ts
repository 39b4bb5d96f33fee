// Which columns the list of events has: some by itself, any tag beside. They stand in the address where they are not the
// usual ones, and are remembered for the next issue. Pure but for the storage.

import type { EventRow } from '../../../core/contract/event.ts'
import { readStored, writeStored } from '../../data/storage.ts'

export const usualColumns: readonly string[] = ['release', 'environment', 'user', 'url']
/** Offered before the tags of the issue. */
export const knownColumns: readonly string[] = [...usualColumns, 'level', 'title', 'transaction', 'server_name']
/** What a screen has room for. */
export const mostColumns = 8
const name = 'refold.eventColumns'

/** Columns that every row has without being asked. */
const own: Readonly<Record<string, (row: EventRow) => string | null>> = {
  release: (row) => row.release, environment: (row) => row.environment, user: (row) => row.user, level: (row) => row.level, title: (row) => row.title, platform: (row) => row.platform,
}

const isColumn = (text: string): boolean => /^[a-zA-Z0-9_.:-]{1,200}$/.test(text)

/** `column=` of the address, once for each; else those chosen last. */
export function readColumns(params: URLSearchParams): readonly string[] {
  const asked = [...new Set(params.getAll('column').filter(isColumn))].slice(0, mostColumns)
  if (asked.length > 0) return asked
  const stored = (readStored(name) ?? '').split(' ').filter(isColumn).slice(0, mostColumns)
  return stored.length > 0 ? stored : usualColumns
}

export const areUsual = (columns: readonly string[]): boolean => columns.join(' ') === usualColumns.join(' ')

export function storeColumns(columns: readonly string[]): void {
  writeStored(name, areUsual(columns) ? null : columns.join(' '))
}

/** What must be asked for beside the rows themselves. */
export const askedFields = (columns: readonly string[]): string[] => columns.filter((column) => !Object.hasOwn(own, column))

export function cellOf(row: EventRow, column: string): string | null {
  const value = Object.hasOwn(own, column) ? own[column]!(row) : (row.refold?.fields[column] ?? null)
  return value === null ? null : String(value)
}
