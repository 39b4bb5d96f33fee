// `statsPeriod`, `start` and `end`: the span of time that a list is narrowed to, in Sentry's words.

import { ApiError } from '../core/errors.ts'

/** null = open. */
export type Period = { from: Date | null; to: Date | null }
export type PeriodQuery = { statsPeriod?: string | undefined; start?: string | undefined; end?: string | undefined }

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** `statsPeriod=14d` counts back from `now`; `start` and `end` are ISO, UTC without a zone. Throws `badRequest`. */
export function readPeriodQuery({ statsPeriod, start, end }: PeriodQuery, now: Date): Period {
  if (statsPeriod) {
    const match = /^(\d{1,5})([smhdw])$/.exec(statsPeriod)
    if (!match) throw new ApiError('badRequest', { fields: { statsPeriod: ['Use a period like 24h or 14d.'] } })
    return { from: new Date(now.getTime() - Number(match[1]) * unitMs[match[2]!]!), to: null }
  }
  return { from: readInstant('start', start), to: readInstant('end', end) }
}

/** Unix seconds, or ISO. Null = not given. Throws `badRequest`. */
export function readInstant(name: string, text: string | undefined): Date | null {
  if (text === undefined || text === '') return null
  const isIso = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text)
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(text.slice(10))
  const date = /^\d{1,11}(\.\d{1,6})?$/.test(text) ? new Date(Number(text) * 1_000) : new Date(isIso ? `${text.replace(' ', 'T')}${text.length === 10 ? 'T00:00' : ''}${hasZone ? '' : 'Z'}` : '')
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999) throw new ApiError('badRequest', { fields: { [name]: ['Use a time like 2026-01-01T12:00:00, or Unix seconds.'] } })
  return date
}
