// What came in over time, as one bar a bucket with what became of it stacked: a path per kind, so 90 bars are six elements. What one
// bar holds stands below while it is pointed at; the table holds all of them.

import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { formatCount, formatExact } from '../../parts/basic/format.ts'
import { topOf } from '../../parts/chart/bars.ts'
import { bands, totalOf, type Band, type Bucket, type Usage } from './bands.ts'
import { nameBucket, type Period } from './periods.ts'

/** Of the drawing; it is stretched to the width of the page. */
const step = 12
const gap = 2
const height = 100

export function UsageChart(props: { usage: Usage; period: Period; shown: ReadonlySet<Band> }): JSX.Element {
  const [at, setAt] = createSignal<number | null>(null)
  const buckets = (): readonly Bucket[] => props.usage.buckets
  // A shorter period may no longer have the bar under the pointer.
  const pointed = (): number | null => (at() !== null && at()! < buckets().length ? at() : null)
  const top = createMemo(() => topOf(Math.max(1, ...buckets().map((bucket) => sumShown(bucket, props.shown)))))
  const paths = createMemo(() => drawBands(buckets(), props.shown, top()))
  const width = (): number => buckets().length * step
  const point = (event: PointerEvent & { currentTarget: SVGSVGElement }): void => {
    const box = event.currentTarget.getBoundingClientRect()
    setAt(Math.min(buckets().length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * buckets().length))))
  }
  const label = (): string => `Items per ${props.period.bar} over ${props.period.label}: ${formatExact(props.usage.total)} in all, ${bands.map(({ band, label: name }) => `${formatExact(props.usage.sums[band])} ${name.toLowerCase()}`).join(', ')}. The table below has each ${props.period.bar}.`
  const name = (index: number): string => nameBucket(buckets()[index]!.from, buckets()[index]!.to, props.period)
  return (
    <figure class="usage-chart">
      <div class="usage-plot">
        <span class="usage-top meta">{formatCount(top())}</span>
        <svg viewBox={`0 0 ${width()} ${height}`} preserveAspectRatio="none" role="img" aria-label={label()} onPointerMove={point} onPointerLeave={() => setAt(null)}>
          <defs>
            <pattern id="usage-hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="1.5" height="4" />
            </pattern>
          </defs>
          <Show when={pointed() !== null}>
            <rect class="usage-pointed" x={pointed()! * step} y="0" width={step} height={height} />
          </Show>
          <For each={bands}>{({ band }) => <path data-band={band} d={paths()[band]} />}</For>
        </svg>
      </div>
      <div class="usage-axis meta" aria-hidden="true">
        <span>{name(0)}</span>
        <span>{name(buckets().length - 1)}</span>
      </div>
      <p class="usage-tip text-ink-2" aria-hidden="true">
        <Show when={pointed() !== null} fallback="Point at a bar to read it.">
          <strong class="text-ink">{name(pointed()!)}</strong> · {sayBucket(buckets()[pointed()!]!)}
        </Show>
      </p>
    </figure>
  )
}

const sumShown = (bucket: Bucket, shown: ReadonlySet<Band>): number => bands.reduce((sum, { band }) => sum + (shown.has(band) ? bucket.sums[band] : 0), 0)

function sayBucket(bucket: Bucket): string {
  const parts = bands.filter(({ band }) => bucket.sums[band] > 0).map(({ band, label }) => `${formatExact(bucket.sums[band])} ${label.toLowerCase()}`)
  return totalOf(bucket.sums) === 0 ? 'nothing' : parts.join(', ')
}

/** Rectangles on each other; what is there at all is at least half a unit high. */
function drawBands(buckets: readonly Bucket[], shown: ReadonlySet<Band>, top: number): Record<Band, string> {
  const paths = Object.fromEntries(bands.map(({ band }) => [band, ''])) as Record<Band, string>
  for (const [at, bucket] of buckets.entries()) {
    let ground = height
    for (const { band } of bands) {
      const count = shown.has(band) ? bucket.sums[band] : 0
      if (count === 0) continue
      const tall = Math.max(0.75, (count / top) * height)
      paths[band] += `M${at * step + gap / 2} ${(ground - tall).toFixed(2)}h${step - gap}v${tall.toFixed(2)}h${gap - step}z`
      ground -= tall
    }
  }
  return paths
}
