// Issues that people kept apart and that would come together. Each must be accepted, or kept apart by a rule instead.

import { A } from '@solidjs/router'
import { createUniqueId, For, Show } from 'solid-js'
import type { Conflict } from '../../../core/contract/grouping.ts'
import { formatNumber, formatTime } from '../../parts/basic/format.ts'
import { Plain } from '../../parts/event/Plain.tsx'
import { sayPerson } from './words.ts'

export function Conflicts(props: { project: string; conflicts: Conflict[]; accepted: ReadonlySet<string>; onToggle: (id: string) => void }) {
  return (
    <Show when={props.conflicts.length > 0}>
      <section class="section spine conflicts" aria-labelledby="conflicts">
        <h2 id="conflicts">{formatNumber(props.conflicts.length, 'conflict')}</h2>
        <p class="text-ink-2">Somebody kept these issues apart, and this configuration would bring them together. Tick each one to accept that, or keep them apart by a rule.</p>
        <ul role="list"><For each={props.conflicts}>{(conflict) => <One project={props.project} conflict={conflict} isAccepted={props.accepted.has(conflict.id)} onToggle={() => props.onToggle(conflict.id)} />}</For></ul>
      </section>
    </Show>
  )
}

function One(props: { project: string; conflict: Conflict; isAccepted: boolean; onToggle: () => void }) {
  const id = createUniqueId()
  const into = () => props.conflict.into
  return (
    <li class="conflict" data-conflict={props.conflict.id}>
      <input class="check" type="checkbox" id={id} checked={props.isAccepted} onChange={() => props.onToggle()} />
      <div>
        <label for={id}>Accept: {props.conflict.issues.map(({ shortId }) => shortId).join(' and ')} become {into().shortId}</label>
        <p class="meta">Kept apart by {sayPerson(props.conflict.user)} on {formatTime(props.conflict.date)}</p>
        <For each={props.conflict.issues}>{(issue) => <p class="conflict-issue"><A class="link mono" href={`/issues/${issue.shortId}`}>{issue.shortId}</A> <Plain text={issue.title} limit={200} /></p>}</For>
        <Show when={props.conflict.suggestedRule}>{(rule) => <p><A class="link" href={`/p/${props.project}/grouping?rule=${encodeURIComponent(rule())}`}>Keep them apart by a rule instead</A></p>}</Show>
      </div>
    </li>
  )
}
