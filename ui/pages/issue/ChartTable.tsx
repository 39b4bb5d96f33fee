// The chart as a table, for who reads rather than looks: the hours or days with events, newest first, each a link to them.

import { For, Show, createMemo, createSignal } from 'solid-js'
import { formatExact } from '../../parts/basic/format.ts'
import { daySeconds, nameBar, type Range, rangeOf, type Series, stepOf } from '../../parts/chart/bars.ts'
import type { Release } from '../../parts/chart/flags.ts'
import { Plain } from '../../parts/event/Plain.tsx'

const most = 200

export function ChartTable(props: { series: Series; releases: readonly Release[]; addressOf: (range: Range) => string }) {
  const [open, setOpen] = createSignal(false)
  const isDays = () => stepOf(props.series) >= daySeconds
  const rows = createMemo(() => (open() ? props.series.map(([time, count], index) => ({ time, count, index })).filter((one) => one.count > 0).toReversed() : []))
  const releasedIn = (from: number): string => props.releases.filter(({ date }) => Math.floor((Date.parse(date) / 1000 - from) / stepOf(props.series)) === 0).map(({ version }) => version).join(', ')
  return (
    <details class="chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Data table</summary>
      <Show when={open()}>
        <table>
          <caption class="sr-only">Events per {isDays() ? 'day' : 'hour'}, newest first</caption>
          <thead><tr><th scope="col">{isDays() ? 'Day (UTC)' : 'Hour'}</th><th scope="col" class="num">Events</th><th scope="col">Release</th></tr></thead>
          <tbody>
            <For each={rows().slice(0, most)}>
              {(row) => <tr><td><a class="link" href={props.addressOf(rangeOf(props.series, row.index, row.index))}>{nameBar(props.series, row.index)}</a></td><td class="num">{formatExact(row.count)}</td><td><Plain text={releasedIn(row.time)} limit={120} /></td></tr>}
            </For>
          </tbody>
        </table>
        <Show when={rows().length > most}><p class="meta">and {formatExact(rows().length - most)} more before them</p></Show>
      </Show>
    </details>
  )
}
