// Tags over all events of the issue: per key a stacked bar and its top values with their share. A value narrows the events
// to those with it; pointing at a key, or reaching it by Tab, shows five.

import { For, Show, createSignal, onCleanup } from 'solid-js'
import type { TagFacet } from '../../../core/contract/issue.ts'
import { issueAddress } from '../../data/eventFilter.ts'
import { formatExact, formatNumber } from '../basic/format.ts'
import { Plain } from './Plain.tsx'
import { formatShare, shareOf } from '../basic/share.ts'
import { type EventPlace, hasTerm, tagTerm, toggleTerm } from './tagTerm.ts'
import { toVisible } from './visible.ts'

const inBar = 4
const inList = 2
const shownAtFirst = 10

export function Facets(props: EventPlace & { tags: TagFacet[] }) {
  const [all, setAll] = createSignal(false)
  // What differs between events tells more than what is the same in all.
  const sorted = () => props.tags.toSorted((a, b) => Number(b.uniqueValues > 1) - Number(a.uniqueValues > 1))
  const hidden = () => (all() ? 0 : Math.max(0, props.tags.length - shownAtFirst))
  return (
    <section class="aside-part facets" aria-labelledby="facets">
      <div class="facets-head">
        <h2 id="facets">Tags</h2>
        <Show when={props.tags.length > 0}><a class="link" href={issueAddress(props.shortId, 'tags', props.filter, props.generation)}>all tags</a></Show>
      </div>
      <Show when={props.tags.length > 0} fallback={<p class="note">No tags.</p>}>
        <For each={sorted().slice(0, sorted().length - hidden())}>{(facet) => <Facet facet={facet} shortId={props.shortId} filter={props.filter} generation={props.generation} />}</For>
        <Show when={hidden() > 0}><button type="button" class="more-text" onClick={() => setAll(true)}>show {hidden()} more</button></Show>
      </Show>
    </section>
  )
}

function Facet(props: EventPlace & { facet: TagFacet }) {
  const [open, setOpen] = createSignal(false)
  // A pointer that only passes opens nothing: what opens lies over the next tag.
  let waiting: ReturnType<typeof setTimeout> | undefined
  const point = (on: boolean): void => {
    clearTimeout(waiting)
    waiting = setTimeout(() => setOpen(on), on ? 200 : 0)
  }
  onCleanup(() => clearTimeout(waiting))
  const share = (count: number) => shareOf(count, props.facet.totalValues)
  // A third one alone is not worth a list over the next tag.
  const listed = () => (props.facet.topValues.length === inList + 1 ? inList + 1 : inList)
  const more = () => props.facet.topValues.slice(listed())
  const isSingle = () => props.facet.uniqueValues === 1
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- pointing shows more of it; what acts are the links in it
    <div
      class="facet" role="group" aria-label={toVisible(props.facet.name, 60)} data-facet={props.facet.key} data-single={isSingle()}
      onPointerEnter={(event) => event.pointerType === 'mouse' && point(true)} onPointerLeave={() => point(false)} onFocusIn={() => setOpen(true)}
      onFocusOut={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOpen(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open() || more().length === 0) return
        event.stopPropagation()
        setOpen(false)
      }}
    >
      <h3>
        <a href={issueAddress(props.shortId, `tags/${encodeURIComponent(props.facet.key)}`, props.filter, props.generation)}><Plain text={props.facet.name} limit={60} /></a>
        <Show when={!isSingle()}><span>{formatNumber(props.facet.uniqueValues, 'value')}</span></Show>
      </h3>
      <Show when={!isSingle()}>
        <div class="facet-bar" aria-hidden="true">
          <For each={props.facet.topValues.slice(0, inBar)}>{(value) => <span style={{ 'flex-basis': `${(share(value.count) * 100).toFixed(2)}%` }} />}</For>
        </div>
      </Show>
      <ul role="list"><For each={props.facet.topValues.slice(0, listed())}>{(value) => <FacetValue {...props} value={value} share={share(value.count)} />}</For></ul>
      <Show when={open() && more().length > 0}>
        <div class="facet-more">
          <ul role="list"><For each={more()}>{(value) => <FacetValue {...props} value={value} share={share(value.count)} />}</For></ul>
          <Show when={props.facet.uniqueValues > props.facet.topValues.length}><p class="note">{formatNumber(props.facet.uniqueValues - props.facet.topValues.length, 'more value')}</p></Show>
        </div>
      </Show>
    </div>
  )
}

function FacetValue(props: EventPlace & { facet: TagFacet; value: TagFacet['topValues'][number]; share: number }) {
  const term = () => tagTerm(props.facet.key, props.value.value)
  const isOn = () => hasTerm(props.filter.query, term())
  return (
    <li>
      <a
        class="facet-value" href={issueAddress(props.shortId, 'events/latest', { ...props.filter, query: toggleTerm(props.filter.query, term()) }, props.generation)} aria-current={isOn() ? 'true' : undefined}
        title={`${formatExact(props.value.count)} ${props.value.count === 1 ? 'event' : 'events'}${isOn() ? ', shown now; click to show all' : ''}`}
      >
        <span><Show when={isOn()}><span aria-hidden="true">✓ </span></Show><Plain text={props.value.name === '' ? '(empty)' : props.value.name} limit={200} /></span>
        <span class="facet-share">{formatShare(props.share)}</span>
      </a>
    </li>
  )
}
