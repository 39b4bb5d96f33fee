// Why items were not stored: each reason in a sentence, how often, and what to do about it.

import { A } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { formatCount, formatExact } from '../../parts/basic/format.ts'
import { formatFineShare, shareOf } from '../../parts/basic/share.ts'
import { adviseOn, type Advice } from './advice.ts'
import { categoryWord, type Reason, type Usage } from './bands.ts'

export function ReasonTable(props: { usage: Usage; project: string }): JSX.Element {
  return (
    <section aria-labelledby="reasons">
      <h2 id="reasons" class="px-4 pt-4 pb-1">Why</h2>
      <Show when={props.usage.reasons.length > 0} fallback={<p class="border-b border-rule px-4 pb-4 text-ink-2">Everything that came in was stored.</p>}>
        <table class="table" aria-labelledby="reasons">
          <thead>
            <tr>
              <th scope="col" class="pl-4">Reason</th>
              <th scope="col" class="max-md:hidden">What to do</th>
              <th scope="col" class="num">Items</th>
              <th scope="col" class="num max-sm:hidden pr-4">Share</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.usage.reasons}>{(reason) => <Row reason={reason} total={props.usage.total} project={props.project} />}</For>
          </tbody>
        </table>
      </Show>
    </section>
  )
}

function Row(props: { reason: Reason; total: number; project: string }): JSX.Element {
  const advice = (): Advice => adviseOn(props.project, props.reason.outcome, props.reason.reason)
  const words = (): string => [...new Set(props.reason.categories.map(categoryWord))].join(', ')
  const what = (): JSX.Element => (
    <>
      {advice().text}{' '}
      <Show when={advice().href}>{(href) => <A class="link inline-flex min-h-6 items-center" href={href()}>{advice().link}</A>}</Show>
    </>
  )
  return (
    <tr data-reason={`${props.reason.outcome}/${props.reason.reason}`}>
      <td class="py-1.5! pl-[calc(1rem-3px)]! spine-cell" data-band={props.reason.band}>
        {props.reason.sentence}
        <span class="meta block">{words()}</span>
        <span class="block text-ink-2 md:hidden">{what()}</span>
      </td>
      <td class="py-1.5! text-ink-2 max-md:hidden">{what()}</td>
      <td class="num" title={formatExact(props.reason.count)}>{formatCount(props.reason.count)}</td>
      <td class="num max-sm:hidden pr-4">{formatFineShare(shareOf(props.reason.count, props.total))}</td>
    </tr>
  )
}
