// Bars over time with what is worth knowing about that time: releases, the event that is shown, the span that is filtered.
// Scales, marks and labels are elements, so that theme, zoom and forced colours are the browser's; only bars are drawn.

import './chart.css'
import { For, Show, createEffect, createMemo, createSignal, on, onCleanup, onMount } from 'solid-js'
import { whenIdle } from '../../data/idle.ts'
import { theme } from '../../data/theme.ts'
import { formatCount, formatNumber } from '../basic/format.ts'
import { coverOf, marksOf, nameBar, pathOf, peakOf, placeOf, type Series, topOf } from './bars.ts'
import { type Flag, layoutFlags, type Release } from './flags.ts'
import type { Plot, PlotState } from './plot.ts'

const plotHeight = 72
const paintMs = 60
let isLoaded = false

export type ChartProps = {
  series: Series
  /** What the picture says, for who does not see it. */
  label: string
  releases: readonly Release[]
  /** Unix seconds of the event that is shown. */
  current: number | null
  range: { start: string | null; end: string | null }
  onRange: (first: number, last: number) => void
}

export function Chart(props: ChartProps) {
  let box: HTMLDivElement | undefined
  const probes: Record<string, HTMLSpanElement> = {}
  const [plot, setPlot] = createSignal<Plot | null>(null)
  const [pointed, setPointed] = createSignal<number | null>(null)
  const top = createMemo(() => topOf(peakOf(props.series)))
  const cover = createMemo(() => coverOf(props.series, props.range))
  const flags = createMemo(() => layoutFlags(props.releases, props.series))
  const now = (): number | null => (props.current === null ? null : placeOf(props.series, props.current))
  const state = (): PlotState => ({ series: props.series, cover: cover() })
  const percent = (part: number): string => `${(part * 100).toFixed(3)}%`
  // A series that has got shorter may no longer have the bar under the pointer.
  const tip = () => (pointed() !== null && pointed()! < props.series.length ? pointed() : null)

  let isGone = false
  const drawPlot = async (): Promise<void> => {
    const { mountPlot } = await import('./plot.ts')
    isLoaded = true
    if (isGone || !box) return
    setPlot(mountPlot(box, (name) => getComputedStyle(probes[name]!).color, state(), {
      point: setPointed,
      select: (first, last) => props.onRange(first, last),
      // An empty bar has no event to show.
      open: (index) => (props.series[index]?.[1] ?? 0) > 0 && props.onRange(index, index),
    }))
  }
  onMount(() => {
    // Without it the bars stay as they are.
    const begin = (): void => void drawPlot().catch(() => undefined)
    // What one reads first comes first. A second chart finds the plot loaded, and lets only the page be painted.
    if (!isLoaded) return onCleanup(whenIdle(begin))
    const timer = setTimeout(begin, paintMs)
    onCleanup(() => clearTimeout(timer))
  })
  onMount(() => {
    const looks = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query))
    const repaint = (): void => plot()?.repaint()
    for (const look of looks) look.addEventListener('change', repaint)
    onCleanup(() => {
      for (const look of looks) look.removeEventListener('change', repaint)
    })
  })
  onCleanup(() => {
    isGone = true
    plot()?.destroy()
  })
  createEffect(on(state, (next) => plot()?.show(next), { defer: true }))
  createEffect(on(theme, () => plot()?.repaint(), { defer: true }))

  return (
    <div class="chart">
      <div class="chart-scale" aria-hidden="true"><span>{formatCount(top())}</span><span>{formatCount(top() / 2)}</span><span>0</span></div>
      <div class="chart-field" role="img" aria-label={props.label} data-chart={plot() === null ? 'loading' : 'ready'}>
        <Show when={cover()}>{(part) => <div class="chart-range" style={{ left: percent(part()[0]), width: percent(part()[1] - part()[0]) }} />}</Show>
        <div class="chart-plot">
          <Show when={plot() === null}>
            <svg width="100%" height={plotHeight} viewBox={`0 0 ${props.series.length * 10} ${plotHeight}`} preserveAspectRatio="none"><path d={pathOf(props.series, top(), plotHeight)} /></svg>
          </Show>
          <div class="chart-canvas" ref={(element) => (box = element)} />
        </div>
        <For each={flags()}>{(flag) => <ReleaseFlag flag={flag} />}</For>
        <Show when={now() !== null}><div class="chart-now" style={{ left: percent(now()!) }} title="The event that is shown" /></Show>
        <Show when={tip() !== null}>
          <div class="chart-tip" data-side={tip()! > props.series.length / 2 ? 'left' : 'right'} style={{ left: percent((tip()! + 0.5) / props.series.length) }}>
            <b>{formatNumber(props.series[tip()!]![1], 'event')}</b> {nameBar(props.series, tip()!)}
          </div>
        </Show>
        <div class="chart-times" aria-hidden="true"><For each={marksOf(props.series)}>{(mark) => <span style={{ left: percent(mark.place) }}>{mark.text}</span>}</For></div>
      </div>
      <For each={['bar', 'hot', 'pale']}>{(name) => <span class="chart-probe" data-colour={name} ref={(element) => (probes[name] = element)} />}</For>
    </div>
  )
}

function ReleaseFlag(props: { flag: Flag }) {
  return (
    <div class="chart-release" data-first={props.flag.isFirst} style={{ left: `${(props.flag.place * 100).toFixed(3)}%` }} title={props.flag.title}>
      <Show when={props.flag.label}>{(label) => <span data-side={props.flag.place > 0.85 ? 'left' : 'right'}>{label()}</span>}</Show>
    </div>
  )
}
