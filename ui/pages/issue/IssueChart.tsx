// When the events of the issue came: as bars that a pointer can select from, as links that do the same, and as a table.

import { useNavigate } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { For, createMemo, createSignal, on } from 'solid-js'
import type { Event } from '../../../core/contract/event.ts'
import type { Issue, IssueDetail } from '../../../core/contract/issue.ts'
import type { EventFilter } from '../../data/eventFilter.ts'
import { formatExact, formatNumber } from '../../parts/basic/format.ts'
import { Chart } from '../../parts/chart/Chart.tsx'
import { type Range, daySeconds, nameBar, peakOf, rangeOf, type Series, stepOf, totalOf } from '../../parts/chart/bars.ts'
import type { Release } from '../../parts/chart/flags.ts'
import { toVisible } from '../../parts/event/visible.ts'
import { ChartTable } from './ChartTable.tsx'
import { type Period, periods, periodWith, presetsOf, releasesQuery, statsQuery } from './issueStats.ts'

/** `addressOf`: of the newest event in a range. */
export type IssueChartProps = { issue: Issue; detail: IssueDetail | null; event: Event | null; filter: EventFilter; generation: string | null; addressOf: (range: Range) => string }

export function IssueChart(props: IssueChartProps) {
  const navigate = useNavigate()
  // oxlint-disable-next-line solid/reactivity -- what the address asks for when the page is opened
  const [chosen, setChosen] = createSignal<Period | null>(props.filter.start === null ? null : periodWith(props.filter.start, Date.now()))
  // Nothing to see in the last day: the month, as soon as it is known. Later events do not change it under the reader.
  const fitting = createMemo(on(() => [props.issue.id, props.detail !== null], (): Period => {
    if (totalOf(props.issue.stats['24h']) > 0 || props.detail === null) return '24h'
    return totalOf(props.detail.stats['30d'] ?? []) > 0 ? '30d' : 'all'
  }))
  const period = () => chosen() ?? fitting()
  const asked = useQuery(() => statsQuery(props.issue, period(), props.generation))
  const series = createMemo<Series>((before) => {
    // Copied: live patches change the numbers inside the series, and the plot is told of another series only.
    if (period() === '24h') return copySeries(props.issue.stats['24h'])
    if (period() === '30d') return props.detail?.stats['30d'] ? copySeries(props.detail.stats['30d']) : before
    return asked.isPending ? before : asked.data ?? before
  }, [])
  const markers = useQuery(() => releasesQuery(props.issue.project.slug))
  const releases = (): Release[] => (markers.isPending ? [] : (markers.data ?? []).map(({ version, date }) => ({ version, date, isFirst: version === props.detail?.firstRelease?.version })))

  const words = () => (period() === 'all' ? 'of all time' : `in ${periods.find((one) => one.period === period())!.words}`)
  const unit = () => (stepOf(series()) >= daySeconds ? 'a day' : 'an hour')
  const sentence = () => `${formatNumber(totalOf(series()), 'event')} ${words()}${totalOf(series()) > 0 ? `, at most ${formatExact(peakOf(series()))} ${unit()}` : ''}`
  const label = () => {
    const peak = series().findIndex(([, count]) => count === peakOf(series()))
    const first = releases().find((one) => one.isFirst)
    return [sentence(), ...(peakOf(series()) > 0 ? [`most in ${nameBar(series(), peak)}`] : []), ...(first ? [`first seen in release ${toVisible(first.version, 120)}`] : [])].join('; ')
  }
  const isChosen = (range: Range) => props.filter.start === range.start && props.filter.end === range.end
  const go = (address: string) => navigate(address, { scroll: false })
  return (
    <section class="issue-chart" aria-label="Events over time">
      <div class="chart-top">
        <span class="meta">{sentence()}</span>
        <div class="btn-group" role="group" aria-label="Period of the chart">
          <For each={periods}>{(one) => <button type="button" class="btn" aria-pressed={period() === one.period} onClick={() => setChosen(one.period)}>{one.label}</button>}</For>
        </div>
      </div>
      <Chart series={series()} label={label()} releases={releases()} current={props.event === null ? null : Date.parse(props.event.dateCreated) / 1000} range={props.filter} onRange={(first, last) => go(props.addressOf(rangeOf(series(), first, last)))} />
      <div class="chart-foot">
        <ChartTable series={series()} releases={releases()} addressOf={props.addressOf} />
        <p class="chart-presets">
          <span class="meta">Only</span>
          <For each={presetsOf(series())}>{(preset) => <a class="link" href={props.addressOf(preset.range)} aria-current={isChosen(preset.range) ? 'true' : undefined}>{preset.text}</a>}</For>
        </p>
      </div>
    </section>
  )
}

const copySeries = (series: Series): Series => series.map(([time, count]) => [time, count])
