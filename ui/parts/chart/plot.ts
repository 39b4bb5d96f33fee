// The bars as uPlot draws them, with what a pointer does to them. A chunk of its own: until it is there, and when it does
// not come, the same bars stand there as an SVG. A canvas knows no custom properties: colours come from probes.

import 'uplot/dist/uPlot.min.css'
import UPlot from 'uplot'
import { type Series, topOf, peakOf } from './bars.ts'

export type PlotState = {
  series: Series
  /** What is filtered, as parts of the width: bars outside are pale. */
  cover: readonly [number, number] | null
}
export type PlotActions = {
  /** The bar under the pointer, null = none. */
  point: (index: number | null) => void
  select: (first: number, last: number) => void
  open: (index: number) => void
}
export type Plot = { show: (state: PlotState) => void; repaint: () => void; destroy: () => void }

/** Pixels of movement that make a click a drag. */
const dragPx = 4

export function mountPlot(box: HTMLElement, probe: (name: string) => string, first: PlotState, act: PlotActions): Plot {
  let state = first
  let pointed: number | null = null
  const indexAt = (left: number): number | null => {
    const index = Math.floor((left / plot.over.clientWidth) * state.series.length)
    return left < 0 || index < 0 ? null : Math.min(index, state.series.length - 1)
  }
  const colours = (): string[] => {
    const [bar, hot, pale] = [probe('bar'), probe('hot'), probe('pale')]
    const count = state.series.length
    const isIn = (index: number): boolean => state.cover === null || ((index + 0.5) / count >= state.cover[0] && (index + 0.5) / count <= state.cover[1])
    return state.series.map((_, index) => (index === pointed ? hot : isIn(index) ? bar : pale))
  }
  const point = (index: number | null): void => {
    if (index === pointed) return
    pointed = index
    act.point(index)
    plot.redraw(true, false)
  }
  const plot: UPlot = new UPlot(
    {
      width: Math.max(1, box.clientWidth), height: box.clientHeight, padding: [0, 0, 0, 0], legend: { show: false }, axes: [{ show: false }, { show: false }],
      scales: { x: { time: false, range: () => [0, Math.max(1, state.series.length)] }, y: { range: () => [0, topOf(peakOf(state.series))] } },
      series: [{}, { width: 0, points: { show: false }, paths: UPlot.paths.bars!({ align: 1, size: [1], gap: 1, disp: { fill: { unit: 3, values: colours } } }) }],
      cursor: { x: false, y: false, points: { show: false }, drag: { x: true, y: false, setScale: false, dist: dragPx } },
      hooks: {
        setCursor: [(u) => point(u.cursor.left === undefined ? null : indexAt(u.cursor.left))],
        setSelect: [(u) => {
          const { left, width } = u.select
          if (width === 0) return
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
          const [from, to] = [indexAt(left), indexAt(left + width - 1)]
          if (from !== null && to !== null) act.select(from, to)
        }],
      },
    },
    dataOf(state.series), box,
  )
  // uPlot keeps the click that ends a drag from getting here.
  plot.over.addEventListener('click', (event) => {
    const index = indexAt(event.clientX - plot.over.getBoundingClientRect().left)
    if (index !== null) act.open(index)
  })
  const size = new ResizeObserver(() => box.clientWidth > 0 && plot.setSize({ width: box.clientWidth, height: box.clientHeight }))
  size.observe(box)
  return {
    show: (next) => {
      const same = next.series === state.series
      state = next
      if (same) plot.redraw(true, false)
      else plot.setData(dataOf(next.series))
    },
    repaint: () => plot.redraw(true, false),
    destroy: () => {
      size.disconnect()
      plot.destroy()
    },
  }
}

/** By number, not by time: bars are of one width, whatever the clock does in between. */
const dataOf = (series: Series): [number[], number[]] => [series.map((_, index) => index), series.map(([, count]) => count)]
