// What came before: the last crumbs with their distance to the error, which is the last row.

import { For, Show, createMemo, createSignal } from 'solid-js'
import type { Breadcrumb, Event } from '../../../core/contract/event.ts'
import { CrumbControls } from './CrumbControls.tsx'
import { Plain } from './Plain.tsx'
import { Section } from './Section.tsx'
import { ValueTree } from './ValueTree.tsx'
import { anyCrumb, type CrumbFilter, filterCrumbs, nameCategory, sayCrumb } from './crumbFilter.ts'
import { describeCrumbTime } from './crumbs.ts'
import { entryOf } from './entries.ts'
import { levelOf } from './levels.ts'

const shownAtFirst = 30
/** Fewer are seen at a glance. */
const worthFiltering = 8

export function Breadcrumbs(props: { event: Event }) {
  const crumbs = () => entryOf(props.event, 'breadcrumbs')?.values ?? []
  const [filter, setFilter] = createSignal<CrumbFilter>(anyCrumb)
  const matching = createMemo(() => filterCrumbs(crumbs(), filter()))
  const [all, setAll] = createSignal(false)
  const hidden = () => (all() ? 0 : Math.max(0, matching().length - shownAtFirst))
  return (
    <Show when={crumbs().length > 0}>
      <Section
        id="breadcrumbs" title="Breadcrumbs" note="the error is the last row"
        actions={<Show when={crumbs().length >= worthFiltering}><CrumbControls crumbs={crumbs()} filter={filter()} matching={matching().length} onFilter={setFilter} /></Show>}
      >
        <Show when={hidden() > 0}><p class="fold crumbs-more"><button type="button" onClick={() => setAll(true)}>show {hidden()} more</button></p></Show>
        <ol class="crumbs" role="list">
          <For each={matching().slice(hidden())}>{(crumb) => <Crumb crumb={crumb} errorAt={props.event.dateCreated} />}</For>
          <Crumb crumb={crumbOfEvent(props.event)} errorAt={props.event.dateCreated} isError />
        </ol>
      </Section>
    </Show>
  )
}

function Crumb(props: { crumb: Breadcrumb; errorAt: string; isError?: boolean }) {
  const time = () => describeCrumbTime(props.crumb.timestamp, props.errorAt)
  const data = () => props.crumb.data !== null && Object.keys(props.crumb.data).length > 0 ? props.crumb.data : null
  return (
    <li class="crumb" data-crumb={props.isError ? undefined : ''} data-level={levelOf(props.crumb.level)}>
      <time class="crumb-clock" title={time().full} datetime={time().full}>{time().clock}</time>
      <span class="crumb-delta">{props.isError ? '' : time().delta}</span>
      <span class="crumb-category"><Plain text={nameCategory(props.crumb)} limit={128} /></span>
      <span class="crumb-level"><Plain text={props.crumb.level} limit={32} /></span>
      <div class="crumb-message">
        <Show when={sayCrumb(props.crumb)}>{(text) => <span classList={{ 'crumb-error': props.isError ?? false }}><Plain text={text()} limit={4000} /></span>}</Show>
        <Show when={data()}>{(value) => <ValueTree value={value()} />}</Show>
      </div>
    </li>
  )
}

function crumbOfEvent(event: Event): Breadcrumb {
  return { timestamp: event.dateCreated, type: 'error', category: event.type === 'error' ? 'exception' : 'message', level: event.level, message: event.title, data: null }
}
