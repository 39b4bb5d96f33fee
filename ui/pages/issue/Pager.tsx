// The way between the pages of a list that is read by cursors. At an end the button stays and says why it leads nowhere.

import { For, Show } from 'solid-js'
import { formatNumber } from '../../parts/basic/format.ts'

export type PagerProps = {
  /** What comes before and after, in the list's own words: newer and older, more and less frequent. */
  words: readonly [before: string, after: string]
  /** Addresses; null = this is the end. */
  previous: string | null
  next: string | null
  count: number
  one: string
}

export function Pager(props: PagerProps) {
  const ways = () => [{ label: props.words[0], href: props.previous, end: 'This is the first page' }, { label: props.words[1], href: props.next, end: 'This is the last page' }]
  return (
    <nav class="pager" aria-label="Pages">
      <For each={ways()}>
        {(way) => (
          <Show when={way.href} fallback={<button type="button" class="btn" aria-disabled="true" title={way.end}>{way.label}<span class="sr-only">, {way.end}</span></button>}>
            {(href) => <a class="btn" href={href()}>{way.label}</a>}
          </Show>
        )}
      </For>
      <span>{formatNumber(props.count, props.one)} on this page</span>
    </nav>
  )
}
