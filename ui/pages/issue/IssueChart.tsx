// Events of the issue over time, as bars and as a table: the last day by hour, or the last month by day.

import { For, Show, createMemo, createSignal } from 'solid-js'
import type { Issue } from '../../../core/contract/issue.ts'
import { formatCount, formatExact, formatNumber } from '../../parts/basic/format.ts'

type Series = readonly (readonly [number, number])[]
const height = 72

export function IssueChart(props: { stats: Issue['stats'] }) {
  const [period, setPeriod] = createSignal<'24h' | '30d'>('24h')
  const [tableOpen, setTableOpen] = createSignal(false)
  const series = createMemo<Series>(() => props.stats[period()] ?? [])
  const peak = createMemo(() => Math.max(1, ...series().map(([, count]) => count)))
  const total = () => series().reduce((sum, [, count]) => sum + count, 0)
  const words = () => (period() === '24h' ? 'the last 24 hours' : 'the last 30 days')
  const nameTime = (seconds: number) => new Intl.DateTimeFormat('en-GB', period() === '24h' ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' }).format(seconds * 1000)
  const marks = createMemo(() => series().map(([time], index) => ({ time, index })).filter(({ index }) => index % 6 === 0))
  const x = (index: number) => `${((index / Math.max(1, series().length)) * 100).toFixed(3)}%`
  return (
    <section class="issue-chart" aria-label="Events over time">
      <div class="chart-top">
        <span class="meta">{formatNumber(total(), 'event')} in {words()}</span>
        <Show when={props.stats['30d']}>
          <div class="joined" role="group" aria-label="Period">
            <For each={['24h', '30d'] as const}>{(name) => <button type="button" class="btn" aria-pressed={period() === name} onClick={() => setPeriod(name)}>{name === '24h' ? '24 h' : '30 d'}</button>}</For>
          </div>
        </Show>
      </div>
      <div class="chart-body">
        <div class="chart-scale" aria-hidden="true"><span>{formatCount(peak())}</span><span>{peak() > 1 ? formatCount(Math.round(peak() / 2)) : ''}</span><span>0</span></div>
        <div class="chart-plot">
          <svg role="img" aria-label={`${formatNumber(total(), 'event')} in ${words()}, at most ${formatExact(peak())} per ${period() === '24h' ? 'hour' : 'day'}`} width="100%" height={height} viewBox={`0 0 ${series().length * 10} ${height}`} preserveAspectRatio="none">
            <path class="chart-grid" d={`M0 .5H${series().length * 10}M0 ${height / 2}H${series().length * 10}M0 ${height - 0.5}H${series().length * 10}`} />
            <path class="chart-bars" d={barsOf(series(), peak())} />
          </svg>
          <div class="chart-times" aria-hidden="true"><For each={marks()}>{(mark) => <span style={{ left: x(mark.index) }}>{nameTime(mark.time)}</span>}</For></div>
        </div>
      </div>
      <details class="chart-table" onToggle={(event) => setTableOpen(event.currentTarget.open)}>
        <summary>Data table</summary>
        <Show when={tableOpen()}>
          <table>
            <thead><tr><th scope="col">{period() === '24h' ? 'Hour' : 'Day'}</th><th scope="col" class="num">Events</th></tr></thead>
            <tbody><For each={series().toReversed()}>{([time, count]) => <tr><td><time datetime={new Date(time * 1000).toISOString()}>{nameTime(time)}</time></td><td class="num">{formatExact(count)}</td></tr>}</For></tbody>
          </table>
        </Show>
      </details>
    </section>
  )
}

function barsOf(series: Series, peak: number): string {
  return series.map(([, count], index) => {
    const size = count === 0 ? 0 : Math.max(2, Math.round((count / peak) * (height - 1)))
    return size === 0 ? '' : `M${index * 10 + 0.75} ${height - size}h8.5v${size}h-8.5z`
  }).join('')
}
