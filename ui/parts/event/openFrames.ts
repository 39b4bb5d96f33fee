// Which frames of an event are open. "Expand all" opens them in slices while the browser is idle, so that a page of
// hundreds never stops (ui.md pitfall 32).

import { type Accessor, createSignal, onCleanup } from 'solid-js'
import type { Frame } from '../../../core/contract/event.ts'
import type { FrameRow, TraceRow } from './layout.ts'

/** Frames opened per idle callback, and at most. */
const slice = 20
export const mostOpened = 100

export type OpenFrames = {
  isOpen(row: FrameRow): boolean
  toggle(row: FrameRow): void
  /** For the life of the calling component its rows are among "all". */
  useRows(rows: Accessor<TraceRow[]>): void
  expandAll(): void
  collapseAll(): void
  /** How many frames "all" are; how many of them are open. */
  count: Accessor<{ all: number; open: number }>
}

export function createOpenFrames(): OpenFrames {
  // Those that are not as their row would have them.
  const [changed, setChanged] = createSignal<ReadonlySet<Frame>>(new Set())
  const [traces, setTraces] = createSignal<readonly Accessor<TraceRow[]>[]>([])
  const isOpen = (row: FrameRow): boolean => row.open !== changed().has(row.frame)
  const rows = (): FrameRow[] => traces().flatMap((trace) => trace().filter((row) => row.kind === 'frame'))
  const change = (some: readonly FrameRow[]): void => void setChanged((now) => now.symmetricDifference(new Set(some.map((row) => row.frame))))
  let stop = (): void => undefined
  onCleanup(() => stop())

  const expandAll = (): void => {
    stop()
    const step = (): void => {
      const closed = rows().filter((row) => !isOpen(row))
      const room = mostOpened - (rows().length - closed.length)
      const next = closed.slice(0, Math.min(slice, room))
      if (next.length === 0) return
      change(next)
      stop = afterThis(step)
    }
    step()
  }
  const collapseAll = (): void => {
    stop()
    change(rows().filter(isOpen))
  }
  return {
    isOpen,
    expandAll,
    collapseAll,
    toggle: (row) => change([row]),
    useRows(trace) {
      setTraces((all) => [...all, trace])
      onCleanup(() => setTraces((all) => all.filter((one) => one !== trace)))
    },
    count: () => ({ all: rows().length, open: rows().filter(isOpen).length }),
  }
}

/** In the next idle time; Safari has none to offer. */
function afterThis(run: () => void): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(run, 30)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(run, { timeout: 500 })
  return () => cancelIdleCallback(handle)
}
