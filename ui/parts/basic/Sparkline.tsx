// 24 bars as one SVG path: 60 rows in 3.6 ms, where a chart library took 15.8 (ui.md 4.2).

import { createMemo, type JSX } from 'solid-js'
import { formatExact } from './format.ts'

type Series = readonly (readonly [number, number])[]

/** Bars of width 3 with a gap of 1, at least 1 high, 22 at most; none for an empty hour. */
export function sparkPath(series: Series): string {
  const peak = Math.max(1, ...series.map(([, count]) => count))
  return series.map(([, count], index) => (count === 0 ? '' : bar(index * 4, Math.max(1, Math.round((count / peak) * 22))))).join('')
}

const bar = (x: number, height: number): string => `M${x} ${22 - height}h3v${height}h-3z`

/** What a screen reader says, and the tooltip: total and peak (S-01). */
export function sparkLabel(series: Series): string {
  const counts = series.map(([, count]) => count)
  return `Last 24 hours: ${formatExact(counts.reduce((sum, count) => sum + count, 0))} events, peak ${formatExact(Math.max(0, ...counts))} per hour`
}

/** `hot`: escalating or regressed. */
export function Sparkline(props: { series: Series; hot?: boolean }): JSX.Element {
  const label = createMemo(() => sparkLabel(props.series))
  return (
    <svg class="spark" classList={{ hot: props.hot === true }} viewBox="0 0 96 22" width="96" height="22" role="img" aria-label={label()}>
      <path d={sparkPath(props.series)} />
    </svg>
  )
}
