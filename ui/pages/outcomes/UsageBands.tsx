// The sums, a button each: the legend of the chart, and what takes a kind out of it.

import { For, type JSX } from 'solid-js'
import { formatCount, formatExact } from '../../parts/basic/format.ts'
import { formatFineShare, shareOf } from '../../parts/basic/share.ts'
import { bands, type Band, type Usage } from './bands.ts'

export function UsageBands(props: { usage: Usage; shown: ReadonlySet<Band>; onToggle: (band: Band) => void }): JSX.Element {
  return (
    <div class="usage-bands" role="group" aria-label="What became of it; press one to take it out of the chart">
      <For each={bands}>
        {({ band, label, hint }) => (
          <button type="button" class="usage-band" data-band={band} aria-pressed={props.shown.has(band)} title={`${hint} ${formatExact(props.usage.sums[band])}`} onClick={() => props.onToggle(band)}>
            <span class="text-ink-2">{label}</span>
            <strong>{formatCount(props.usage.sums[band])}</strong>
            <span class="meta">{formatFineShare(shareOf(props.usage.sums[band], props.usage.total))}</span>
            <span class="usage-share" aria-hidden="true">
              <span style={{ width: `${(props.usage.sums[band] / Math.max(1, props.usage.total)) * 100}%` }} />
            </span>
          </button>
        )}
      </For>
    </div>
  )
}
