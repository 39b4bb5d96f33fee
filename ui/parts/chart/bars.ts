// Bars over time as numbers and words: where each stands, which span it counts, how the axes are marked. Pure; times are
// Unix seconds. Bars of an hour are named in local time, those of a day as the server cuts them, in UTC.

export type Series = readonly (readonly [unix: number, count: number])[]
/** Both ends as ISO 8601, inclusive: the API takes `end` so. */
export type Range = { start: string; end: string }

export const hourSeconds = 3600
export const daySeconds = 86_400

/** Seconds that one bar counts. */
export const stepOf = (series: Series): number => (series.length > 1 ? series[1]![0] - series[0]![0] : hourSeconds)

export const peakOf = (series: Series): number => Math.max(0, ...series.map(([, count]) => count))
export const totalOf = (series: Series): number => series.reduce((sum, [, count]) => sum + count, 0)

const tops = [2, 4, 6, 8, 10, 12, 16, 20, 30, 40, 50, 60, 80, 100]

/** The end of the scale: at least the peak, even so that its half is whole too. */
export function topOf(peak: number): number {
  const size = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, peak))) - 1)
  return (tops.find((top) => top * size >= peak) ?? 200) * size
}

/** The bars from the one at `first` to the one at `last`, in either order. */
export function rangeOf(series: Series, first: number, last: number): Range {
  const at = (index: number): number => series[Math.min(Math.max(index, 0), series.length - 1)]![0]
  const [from, to] = first <= last ? [first, last] : [last, first]
  return { start: new Date(at(from) * 1000).toISOString(), end: new Date((at(to) + stepOf(series)) * 1000 - 1).toISOString() }
}

/** How far along the chart a time stands, 0 to 1 inside; null outside. */
export function placeOf(series: Series, unix: number): number | null {
  if (series.length === 0) return null
  const place = (unix - series[0]![0]) / (stepOf(series) * series.length)
  return place >= 0 && place < 1 ? place : null
}

/** The part of the chart that a range covers; null when none. */
export function coverOf(series: Series, { start, end }: { start: string | null; end: string | null }): [from: number, to: number] | null {
  if (series.length === 0 || (start === null && end === null)) return null
  const [first, width] = [series[0]![0], stepOf(series) * series.length]
  const part = (text: string | null, open: number): number => (text === null || Number.isNaN(Date.parse(text)) ? open : Math.min(1, Math.max(0, (Date.parse(text) / 1000 - first) / width)))
  const [from, to] = [part(start, 0), part(end, 1)]
  return to > from ? [from, to] : null
}

/** One SVG path of all bars, each 10 wide, in a picture of `height`: what stands there until the plot is loaded, and without it. */
export function pathOf(series: Series, top: number, height: number): string {
  return series.map(([, count], index) => {
    const size = count === 0 ? 0 : Math.max(2, (count / top) * height)
    return size === 0 ? '' : `M${index * 10 + 0.6} ${(height - size).toFixed(2)}h8.8v${size.toFixed(2)}h-8.8z`
  }).join('')
}

const inHours = (series: Series): boolean => stepOf(series) < daySeconds

/** Made once: a formatter costs more than all that it writes here. */
const writers = {
  clock: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }),
  day: new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' }),
  weekday: new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric' }),
  utcDay: new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
  utcDate: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }),
  utcMonth: new Intl.DateTimeFormat('en-GB', { month: 'short', year: '2-digit', timeZone: 'UTC' }),
}
const write = (writer: keyof typeof writers, unix: number): string => writers[writer].format(unix * 1000)

/** The span of one bar: `Sun 22 Nov, 14:00–15:00`, or `Sun 22 Nov 2026`. */
export function nameBar(series: Series, index: number): string {
  const unix = series[index]![0]
  if (!inHours(series)) return write('utcDay', unix)
  return `${write('day', unix)}, ${write('clock', unix)}–${write('clock', unix + stepOf(series))}`
}

export type Mark = { place: number; text: string }

/** At most eight labels of the time axis: whole hours of the clock, midnights, or days. */
export function marksOf(series: Series): Mark[] {
  const fits = series.map(([unix], index) => ({ unix, place: index / series.length })).filter(({ place }) => place < 0.95)
  const marks = (shown: typeof fits, writer: keyof typeof writers): Mark[] => shown.map(({ unix, place }) => ({ place, text: write(writer, unix) }))
  if (!inHours(series)) {
    const every = Math.max(1, Math.ceil(series.length / 8))
    return marks(fits.filter((_, index) => index % every === 0), series.length > 300 ? 'utcMonth' : 'utcDate')
  }
  const hour = (unix: number): number => new Date(unix * 1000).getHours()
  return series.length <= 48 ? marks(fits.filter(({ unix }) => hour(unix) % 4 === 0), 'clock') : marks(fits.filter(({ unix }) => hour(unix) === 0), 'weekday')
}
