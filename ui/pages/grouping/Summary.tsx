// The whole diff in one sentence, one bar, and the few things people should know of.

import { For, Show } from 'solid-js'
import type { Diff, Generation } from '../../../core/contract/grouping.ts'
import { formatExact } from '../../parts/basic/format.ts'
import { changesNothing, partsOf, sayChanges, sayNews, sayStaying } from './summary.ts'

export function Summary(props: { diff: Diff; generation: Generation }) {
  const sum = () => props.diff.summary
  const total = () => partsOf(sum()).reduce((all, { count }) => all + count, 0)
  return (
    <section class="section" aria-labelledby="summary" data-complete={props.diff.complete}>
      <h2 id="summary">What would change<Show when={!props.diff.complete}> <span class="tag">so far</span></Show></h2>
      <p class="summary">
        {sayStaying(sum())}
        <For each={sayChanges(sum())}>{(text) => <> · <b>{text}</b></>}</For>
        {' · '}<span classList={{ 'text-tx-error': !sum().addsUp }}>{sum().addsUp ? 'counts add up' : props.diff.complete ? 'counts do not add up' : 'counts are not complete'}</span>
      </p>
      <Show when={total() > 0}>
        <div class="summary-bar" role="img" aria-label={`Of ${formatExact(total())} issues, ${partsOf(sum()).map(({ count, word }) => `${formatExact(count)} ${word}`).join(', ')}`}>
          <For each={partsOf(sum())}>{({ kind, count }) => <span data-kind={kind} style={{ 'flex-grow': count }} />}</For>
        </div>
        <ul class="summary-legend" role="list" aria-hidden="true"><For each={partsOf(sum())}>{({ kind, word, count }) => <li data-kind={kind}>{formatExact(count)} {word}</li>}</For></ul>
      </Show>
      <Show when={props.diff.complete && changesNothing(sum())}><p class="summary-none">Nothing will change for stored events: every issue keeps its events.</p></Show>
      <ul class="summary-news" role="list"><For each={sayNews(sum())}>{(text) => <li>{text}</li>}</For></ul>
    </section>
  )
}
