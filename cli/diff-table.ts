// The preview of a regroup as a person reads it in a terminal.

import type { Change, Diff } from '../core/contract/grouping.ts'
import { escapeText } from './escape.ts'
import { truncate } from './table.ts'

const shownIssues = 5

export function formatDiff({ summary, changes, conflicts }: Diff): string {
  const { events, stay, rekeyed, merges, splits, mixed, statusChanges, assigneeChanges, redirects, parked, liveParked } = summary
  const turns = (what: string, { from, into }: { from: number; into: number }): string[] => (from === 0 ? [] : [`${count(from, 'issue')} ${what} ${into}`])
  const head = [
    `${count(events, 'event')} read, ${count(stay + rekeyed, 'issue')} stay`,
    ...turns('merge into', merges), ...turns('split into', splits), ...turns('are mixed into', mixed),
    ...(statusChanges > 0 ? [`${count(statusChanges, 'issue')} with another status`] : []),
    ...(assigneeChanges > 0 ? [`${count(assigneeChanges, 'issue')} with another assignee`] : []),
    ...(redirects > 0 ? [`${count(redirects, 'id')} redirect`] : []),
    ...(parked > liveParked ? [`${count(parked - liveParked, 'more event')} cannot be grouped`] : []),
  ]
  const rows = changes.flatMap(formatChange)
  const more = merges.from + splits.from + mixed.from - changes.reduce((sum, change) => sum + change.beforeCount, 0)
  return [
    `${head.join('; ')}.`,
    ...(rows.length === 0 ? ['No issue changes.'] : ['', ...alignColumns([['', 'NOW', 'EVENTS', 'THEN', 'EVENTS', 'TITLE'], ...rows])]),
    ...(more > 0 ? [`… and ${more} more`] : []),
    ...conflicts.flatMap(({ id, date, user, issues, into }) => [
      '', `Conflict ${id}: kept apart by ${escapeText(user?.name ?? 'somebody')} on ${date.slice(0, 10)}: ${issues.map((issue) => issue.shortId).join(', ')}; would be ${into.shortId}.`,
    ]),
  ].join('\n')
}

/** One row for each issue of the longer side. */
function formatChange({ kind, before, after, beforeCount, afterCount }: Change): string[][] {
  const length = Math.min(Math.max(before.length, after.length), shownIssues)
  const rows = Array.from({ length }, (_, index) => {
    const [from, to] = [before[index], after[index]]
    return [index === 0 ? kind : '', from?.shortId ?? '', from ? String(from.events) : '', to?.shortId ?? '', to ? String(to.events) : '', truncate(escapeText((from ?? to)?.title ?? ''), 60)]
  })
  const hidden = Math.max(beforeCount, afterCount) - length
  return hidden > 0 ? [...rows, ['', `+ ${hidden}`, '', '', '', '']] : rows
}

function alignColumns(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) => row.map((cell, column) => (column === 2 || column === 4 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  ').trimEnd())
}

function count(number: number, what: string): string {
  return `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`
}
