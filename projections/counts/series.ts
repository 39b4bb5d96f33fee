// Counts per hour or day as the API shows them: every bucket present, oldest first, `[unix seconds, n]`.

const hourSeconds = 3600
const daySeconds = 86_400

export type Series = [unix: number, count: number][]
export type HourCount = { unix: number; events: number }

/** The hour that began 23 hours before the present one. `now` in Unix ms. */
export function startOf24h(now: number): Date {
  return new Date((Math.floor(now / 1000 / hourSeconds) - 23) * hourSeconds * 1000)
}

/** The UTC day that began 29 days before the present one. */
export function startOf30d(now: number): Date {
  return new Date((Math.floor(now / 1000 / daySeconds) - 29) * daySeconds * 1000)
}

export function series24h(counts: readonly HourCount[], now: number): Series {
  return fill(counts, startOf24h(now), hourSeconds, 24)
}

export function series30d(counts: readonly HourCount[], now: number): Series {
  return fill(counts, startOf30d(now), daySeconds, 30)
}

/** Every bucket from the one that `from` begins to the one that `to` lies in. */
export function seriesOf(counts: readonly HourCount[], { from, to, stepSeconds }: { from: Date; to: Date; stepSeconds: number }): Series {
  return fill(counts, from, stepSeconds, Math.floor((to.getTime() - from.getTime()) / 1000 / stepSeconds) + 1)
}

function fill(counts: readonly HourCount[], start: Date, step: number, buckets: number): Series {
  const from = start.getTime() / 1000
  const series: Series = Array.from({ length: buckets }, (_, index) => [from + index * step, 0])
  for (const { unix, events } of counts) {
    const bucket = series[Math.floor((unix - from) / step)]
    if (bucket) bucket[1] += events
  }
  return series
}
