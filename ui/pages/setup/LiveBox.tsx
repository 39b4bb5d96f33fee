// Listening, then what arrived: accepted with a link, or refused with the reason (P-02 to P-04). Said once to screen
// readers: only the first line is a live region, and it changes once.

import { A } from '@solidjs/router'
import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js'
import type { Outcome, Project } from '../../../core/contract/project.ts'
import { liveState } from '../../data/live.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { formatCount } from '../../parts/basic/format.ts'
import { Plain } from '../../parts/event/Plain.tsx'
import { Checklist } from './Checklist.tsx'
import { TestEvent } from './TestEvent.tsx'
import { type Arrival, outcomeReason, outcomeWord, useOutcomes } from './outcomes.ts'

/** After this long without an event, the usual causes are listed. */
const checklistMs = 60_000

export function LiveBox(props: { project: Project }): JSX.Element {
  const outcomes = useOutcomes(() => props.project)
  const accepted = createMemo<Arrival | undefined>((first) => first ?? outcomes().findLast((one) => one.outcome === 'accepted' && one.eventID !== null))
  const [late, setLate] = createSignal(false)
  onMount(() => {
    const timer = setTimeout(() => setLate(true), checklistMs)
    onCleanup(() => clearTimeout(timer))
  })

  return (
    <section class="section spine" data-level={accepted() ? undefined : 'info'} data-outcome={accepted() ? 'accepted' : (outcomes()[0]?.outcome ?? 'listening')} aria-labelledby="live-box">
      <h2 id="live-box">Events</h2>
      <div class="mt-1 min-h-6" role="status">
        <Show when={accepted()} fallback={<Waiting project={props.project} />}>
          {(first) => <FirstEvent outcome={first()} />}
        </Show>
      </div>
      <TestEvent project={props.project.slug} />
      <Show when={outcomes().length > 0}>
        <ul class="mt-2 max-w-200 border-t border-rule" role="list" aria-label="Arrived lately">
          <For each={outcomes()}>{(outcome) => <OutcomeRow outcome={outcome} />}</For>
        </ul>
      </Show>
      <Show when={late() && outcomes().length === 0 && !props.project.firstEvent}>
        <Checklist />
      </Show>
    </section>
  )
}

function Waiting(props: { project: Project }): JSX.Element {
  return (
    <p class="text-ink-2">
      {liveState() === 'on' ? 'Listening…' : 'Connecting…'} What arrives for {props.project.name} shows here.
      <Show when={props.project.refold.lastEvent}>
        {(time) => (
          <>
            {' '}
            Last event <Ago time={time()} words />.
          </>
        )}
      </Show>
    </p>
  )
}

function FirstEvent(props: { outcome: Arrival }): JSX.Element {
  const link = (): string => `/issues/${props.outcome.shortId ?? props.outcome.issueID}/events/${props.outcome.eventID}`
  return (
    <p>
      <strong class="text-st-resolved">Accepted.</strong> First event from <Plain text={props.outcome.sdk ?? 'an SDK'} limit={200} />, {props.outcome.ms} ms ago.{' '}
      <Show when={props.outcome.shortId ?? props.outcome.issueID}>
        <A class="link inline-flex min-h-6 items-center" href={link()}>
          Open the event
        </A>
      </Show>
    </p>
  )
}

function OutcomeRow(props: { outcome: Outcome }): JSX.Element {
  return (
    <li class="flex flex-wrap items-baseline gap-x-3 border-b border-rule py-1">
      <Ago class="meta w-16" time={props.outcome.dateReceived} words />
      <span classList={{ 'text-st-resolved': props.outcome.outcome === 'accepted', 'text-tx-error': props.outcome.outcome !== 'accepted' }}>{outcomeWord(props.outcome)}</span>
      <span class="text-ink-2"><Plain text={props.outcome.sdk ?? 'unknown SDK'} limit={200} /></span>
      <Show when={props.outcome.outcome !== 'accepted'}>
        <span class="min-w-0"><Plain text={outcomeReason(props.outcome)} limit={500} /></span>
        <Show when={props.outcome.quantity > 1}>
          <span class="meta">{formatCount(props.outcome.quantity)} in all</span>
        </Show>
      </Show>
    </li>
  )
}
