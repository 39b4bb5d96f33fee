// Tags over all events of the issue: per key a stacked bar and its top values with their share.

import { For, Show, createSignal } from 'solid-js'
import type { tagFacet } from '../../../core/contract/issue.ts'
import type { z } from 'zod'
import { Plain } from './Plain.tsx'
import { formatShare } from './share.ts'

type TagFacet = z.infer<typeof tagFacet>
const inBar = 4
const inList = 3
const shownAtFirst = 10

export function Facets(props: { tags: TagFacet[] }) {
  const [all, setAll] = createSignal(false)
  // What differs between events tells more than what is the same in all.
  const sorted = () => props.tags.toSorted((a, b) => Number(b.uniqueValues > 1) - Number(a.uniqueValues > 1))
  const hidden = () => (all() ? 0 : Math.max(0, props.tags.length - shownAtFirst))
  return (
    <section class="aside-part" aria-labelledby="facets">
      <h2 id="facets">Tags</h2>
      <Show when={props.tags.length > 0} fallback={<p class="note">No tags.</p>}>
        <For each={sorted().slice(0, sorted().length - hidden())}>{(facet) => <Facet facet={facet} />}</For>
        <Show when={hidden() > 0}><button type="button" class="more-text" onClick={() => setAll(true)}>show {hidden()} more</button></Show>
      </Show>
    </section>
  )
}

function Facet(props: { facet: TagFacet }) {
  const shareOf = (count: number) => count / Math.max(1, props.facet.totalValues)
  return (
    <div class="facet" data-facet={props.facet.key} data-single={props.facet.uniqueValues === 1}>
      <h3><span><Plain text={props.facet.name} limit={60} /></span><Show when={props.facet.uniqueValues > 1}><span>{props.facet.uniqueValues.toLocaleString('en')} values</span></Show></h3>
      <Show when={props.facet.uniqueValues > 1}>
        <div class="facet-bar" aria-hidden="true">
          <For each={props.facet.topValues.slice(0, inBar)}>{(value) => <span style={{ 'flex-basis': `${(shareOf(value.count) * 100).toFixed(2)}%` }} />}</For>
        </div>
      </Show>
      <ul role="list">
        <For each={props.facet.topValues.slice(0, inList)}>
          {(value) => <li title={`${value.count.toLocaleString('en')} events`}><span class="facet-value"><Plain text={value.name === '' ? '(empty)' : value.name} limit={200} /></span><span class="facet-share">{formatShare(shareOf(value.count))}</span></li>}
        </For>
      </ul>
    </div>
  )
}
