// Tags over all events of the issue: per key a stacked bar and its top values with their share.

import { For, Show } from 'solid-js'
import type { tagFacet } from '../../../core/contract/issue.ts'
import type { z } from 'zod'
import { Plain } from './Plain.tsx'
import { formatShare } from './share.ts'

type TagFacet = z.infer<typeof tagFacet>
const inBar = 4
const inList = 3

export function Facets(props: { tags: TagFacet[] }) {
  return (
    <section class="aside-part" aria-labelledby="facets">
      <h2 id="facets">Tags</h2>
      <Show when={props.tags.length > 0} fallback={<p class="note">No tags.</p>}>
        <For each={props.tags}>{(facet) => <Facet facet={facet} />}</For>
      </Show>
    </section>
  )
}

function Facet(props: { facet: TagFacet }) {
  const shareOf = (count: number) => count / Math.max(1, props.facet.totalValues)
  return (
    <div class="facet" data-facet={props.facet.key}>
      <h3><span><Plain text={props.facet.name} limit={60} /></span><span>{props.facet.uniqueValues === 1 ? '1 value' : `${props.facet.uniqueValues.toLocaleString('en')} values`}</span></h3>
      <div class="facet-bar" aria-hidden="true">
        <For each={props.facet.topValues.slice(0, inBar)}>{(value) => <span style={{ 'flex-basis': `${(shareOf(value.count) * 100).toFixed(2)}%` }} />}</For>
      </div>
      <ul role="list">
        <For each={props.facet.topValues.slice(0, inList)}>
          {(value) => <li title={`${value.count.toLocaleString('en')} events`}><span class="facet-value"><Plain text={value.name === '' ? '(empty)' : value.name} limit={200} /></span><span class="facet-share">{formatShare(shareOf(value.count))}</span></li>}
        </For>
      </ul>
    </div>
  )
}
