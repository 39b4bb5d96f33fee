// A diff as one sentence and as the parts of one bar. Pure.

import type { Diff } from '../../../core/contract/grouping.ts'
import { formatExact, formatNumber } from '../../parts/basic/format.ts'

type Sum = Diff['summary']

/** True when no stored event would be in another issue. Issues that only get another key keep everything. */
export const changesNothing = ({ merges, splits, mixed }: Sum): boolean => merges.from + splits.from + mixed.from === 0

/** `6 merge into 2`, `1 splits into 3`: only what there is. */
export function sayChanges({ merges, splits, mixed }: Sum): string[] {
  return [
    ...(merges.from > 0 ? [`${formatExact(merges.from)} merge into ${formatExact(merges.into)}`] : []),
    ...(splits.from > 0 ? [`${formatExact(splits.from)} ${splits.from === 1 ? 'splits' : 'split'} into ${formatExact(splits.into)}`] : []),
    ...(mixed.from > 0 ? [`${formatExact(mixed.from)} ${mixed.from === 1 ? 'mixes' : 'mix'} into ${formatExact(mixed.into)}`] : []),
  ]
}

const staying = ({ stay, rekeyed }: Sum): number => stay + rekeyed

/** `38,412 events read · 214 issues stay`. */
export const sayStaying = (sum: Sum): string => `${formatNumber(sum.events, 'event')} read · ${formatNumber(staying(sum), 'issue')} ${staying(sum) === 1 ? 'stays' : 'stay'}`

/** Issues of now, by what becomes of them; the parts of the bar. */
export function partsOf(sum: Sum): { kind: 'stay' | 'merged' | 'split' | 'mixed'; word: string; count: number }[] {
  const parts = [
    { kind: 'stay' as const, word: 'stay', count: staying(sum) },
    { kind: 'merged' as const, word: 'merge', count: sum.merges.from },
    { kind: 'split' as const, word: 'split', count: sum.splits.from },
    { kind: 'mixed' as const, word: 'mix', count: sum.mixed.from },
  ]
  return parts.filter(({ count }) => count > 0)
}

/** What people should know, one sentence each. */
export function sayNews(sum: Sum): string[] {
  return [
    ...(sum.statusChanges > 0 ? [`${formatNumber(sum.statusChanges, 'issue')} would have another status: in a merge, open wins.`] : []),
    ...(sum.assigneeChanges > 0 ? [`${formatNumber(sum.assigneeChanges, 'issue')} would have another assignee: the newest stays.`] : []),
    ...(sum.redirects > 0 ? [`${formatNumber(sum.redirects, 'id')} would redirect to the issue that then holds their events. Old links go on working.`] : []),
    ...(sum.parked > 0 ? [`${formatNumber(sum.parked, 'event')} could not be read and ${sum.parked === 1 ? 'is' : 'are'} set aside; live, ${formatExact(sum.liveParked)}.`] : []),
  ]
}
