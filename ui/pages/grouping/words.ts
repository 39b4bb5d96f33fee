// How the page names generations, configurations and hits. Pure.

import type { Generation } from '../../../core/contract/grouping.ts'
import { formatExact, formatNumber } from '../../parts/basic/format.ts'

export const stateWords: Record<Generation['state'], string> = {
  queued: 'waits for its turn', building: 'being built', paused: 'paused', candidate: 'ready', failed: 'failed', live: 'live', retired: 'retired', discarded: 'discarded',
}

/** To who lacks `project:write`. */
export const cannotGroup = 'Your role may not change the grouping.'

/** Being built, or about to be. */
export const isUnderWay = (generation: Pick<Generation, 'state'>): boolean => generation.state === 'queued' || generation.state === 'building' || generation.state === 'paused'

/** Not applied and not given up: what can be previewed. */
export const isCandidate = (generation: Pick<Generation, 'state'>): boolean => isUnderWay(generation) || generation.state === 'candidate' || generation.state === 'failed'

/** Can be compared with the live one, and take its place. */
export const canPreview = (generation: Pick<Generation, 'state'>): boolean => isCandidate(generation) || generation.state === 'retired'

/** `v2, rules revision 41`. */
export const sayConfiguration = ({ version, revision }: Pick<Generation, 'version' | 'revision'>): string => `${version}, ${revision === null ? 'no rules' : `rules revision ${revision}`}`

export const sayPerson = (person: Generation['user']): string => person?.name || person?.email || 'Refold'

/** `312 events in 9 issues`. */
export const sayHit = ({ events, issues }: { events: number; issues: number }): string => (events === 0 ? 'no event' : `${formatNumber(events, 'event')} in ${formatNumber(issues, 'issue')}`)

/** `23,450 of 38,412 events · 11,200 a second · 2 s left`. */
export function sayProgress({ progress }: Pick<Generation, 'progress'>): string {
  if (progress === null) return ''
  const { done, total, rate, etaSeconds } = progress
  const amount = total === null ? formatNumber(done, 'event') : `${formatExact(done)} of ${formatExact(total)} events`
  return [amount, ...(rate === null ? [] : [`${formatExact(Math.round(rate))} a second`]), ...(etaSeconds === null ? [] : [`${sayDuration(etaSeconds)} left`])].join(' · ')
}

/** `8 s`, `3 min`, `2 h 5 min`. */
export function sayDuration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** What it is doing, in words. */
export function sayPhase({ state, progress }: Pick<Generation, 'state' | 'progress'>): string {
  if (state === 'queued') return 'Waits until another build is done'
  if (state === 'paused') return 'Paused'
  if (state === 'failed') return 'Failed'
  if (progress?.total != null && progress.done >= progress.total) return 'Catching up with what has arrived since'
  return 'Reading the log'
}
