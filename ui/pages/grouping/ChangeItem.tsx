// One change: issues of now and of then that share events, with the lines between them.

import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Change } from '../../../core/contract/grouping.ts'
import { issueAddress, noFilter } from '../../data/eventFilter.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { StatusWord } from '../../parts/basic/StatusWord.tsx'
import { formatCount, formatExact, formatNumber } from '../../parts/basic/format.ts'
import { toVisible } from '../../parts/event/visible.ts'
import { ComparePanel } from './ComparePanel.tsx'
import { linesOf, rowHeight, width } from './links.ts'

type Side = Change['before'][number]

export function ChangeItem(props: { change: Change; generation: string }) {
  const [comparing, setComparing] = createSignal(false)
  const change = () => props.change
  const rows = () => Math.max(change().before.length, change().after.length)
  const lines = createMemo(() => linesOf(change()))
  const heading = (): string => {
    const { kind, beforeCount, afterCount } = change()
    if (kind === 'merged') return `${formatNumber(beforeCount, 'issue')} merge into ${formatExact(afterCount)}`
    if (kind === 'split') return `1 issue splits into ${formatExact(afterCount)}`
    if (kind === 'mixed') return `${formatNumber(beforeCount, 'issue')} mix into ${formatExact(afterCount)}`
    return kind === 'rekeyed' ? 'Stays, by another key' : 'Stays'
  }
  /** Several of one side: what tells them apart, or did. */
  const pair = () => (change().before.length > 1 ? { issues: change().before, generation: null } : change().after.length > 1 ? { issues: change().after, generation: props.generation } : null)
  const hidden = () => change().beforeCount - change().before.length + change().afterCount - change().after.length
  return (
    <article class="change" data-kind={change().kind}>
      <div class="change-head">
        <h3>{heading()}</h3>
        <Show when={pair()}><Button kind="quiet" aria-expanded={comparing()} onClick={() => setComparing((now) => !now)}>Compare two events</Button></Show>
      </div>
      <div class="change-sides">
        <ul class="change-list" role="list" aria-label="Now"><For each={change().before}>{(side) => <SideItem side={side} generation={null} />}</For></ul>
        <svg class="change-lines" role="img" aria-label={change().links.map(({ from, to, events }) => `${formatNumber(events, 'event')} of ${nameOf(change().before, from)} go to ${nameOf(change().after, to)}`).join('; ')} viewBox={`0 0 ${width} ${rows() * rowHeight}`} height={rows() * rowHeight} preserveAspectRatio="none">
          <For each={lines()}>{(line) => <path d={line.d} stroke-width={line.stroke} vector-effect="non-scaling-stroke"><title>{formatNumber(line.events, 'event')}</title></path>}</For>
        </svg>
        <ul class="change-list" role="list" aria-label="Then"><For each={change().after}>{(side) => <SideItem side={side} generation={props.generation} />}</For></ul>
      </div>
      <Show when={hidden() > 0}><p class="change-note meta">and {formatNumber(hidden(), 'more issue')}</p></Show>
      <For each={change().stateChanges}>
        {(state) => (
          <p class="change-note">
            {nameOf(change().before, state.id)}: <Show when={state.status}>{(status) => <>{sayStatus(status().from)} becomes {sayStatus(status().to)}</>}</Show><Show when={state.status && state.assignee}>, </Show>
            <Show when={state.assignee}>{(assignee) => <>assigned to {personOf(change(), assignee().to)} instead of {personOf(change(), assignee().from)}</>}</Show>
          </p>
        )}
      </For>
      <Show when={comparing() && pair()}>{(two) => <ComparePanel issues={two().issues} generation={two().generation} then={props.generation} />}</Show>
    </article>
  )
}

function SideItem(props: { side: Side; generation: string | null }) {
  const person = () => props.side.assignedTo && toVisible(props.side.assignedTo.name, 60)
  const comments = () => (props.side.comments > 0 ? formatNumber(props.side.comments, 'comment') : null)
  return (
    <li class="change-side spine" data-level={props.side.level} data-id={props.side.id}>
      <p class="change-side-head"><a class="link mono" href={issueAddress(props.side.shortId, '', noFilter, props.generation)}>{props.side.shortId}</a> <b class="num" title={formatExact(props.side.events)}>{formatCount(props.side.events)}</b></p>
      <p class="change-side-title" title={toVisible(props.side.title, 300)}>{toVisible(props.side.title, 200)}</p>
      <p class="change-side-state" title={[person(), comments()].filter(Boolean).join(', ')}>
        <Show when={props.side.status !== 'unresolved'} fallback="open"><StatusWord issue={{ status: props.side.status, substatus: null }} /></Show>
        <Show when={person()}>{(name) => <span class="change-side-person">{name()}</span>}</Show>
        <Show when={comments()}>{(said) => <span class="change-side-comments">{said()}</span>}</Show>
      </p>
    </li>
  )
}

const nameOf = (sides: Side[], id: string): string => sides.find((side) => side.id === id)?.shortId ?? `issue ${id}`
/** The name of `user:12`, as one of the issues shows it. */
function personOf({ before, after }: Change, actor: string | null): string {
  const known = [...before, ...after].find(({ assignedTo }) => assignedTo !== null && `user:${assignedTo.id}` === actor)
  return actor === null ? 'nobody' : toVisible(known?.assignedTo?.name ?? actor, 60)
}
const sayStatus = (status: Side['status']): string => ({ unresolved: 'open', resolved: 'resolved', ignored: 'archived' })[status]
