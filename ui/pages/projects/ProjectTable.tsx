// One row per project: name, platform, open issues, events of 24 h, last event, status.

import { A } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import type { Project } from '../../../core/contract/project.ts'
import { explainOutcome } from '../../../core/outcome-words.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { formatCount, formatExact } from '../../parts/basic/format.ts'
import { Sparkline } from '../../parts/basic/Sparkline.tsx'
import type { ProjectSort } from './order.ts'
import { platformName } from './platforms.ts'

export function ProjectTable(props: { projects: readonly Project[]; sort: ProjectSort; onSort: (sort: ProjectSort) => void }): JSX.Element {
  const head = (sort: ProjectSort, label: string, name: string): JSX.Element => (
    <th scope="col" class={name} aria-sort={props.sort === sort ? (sort === 'name' ? 'ascending' : 'descending') : undefined}>
      <button type="button" class="sort" onClick={() => props.onSort(sort)}>{label}</button>
    </th>
  )

  return (
    <table class="table" aria-label="Projects">
      <thead>
        <tr>
          {head('name', 'Project', 'w-1/4 pl-4')}
          <th scope="col" class="max-md:hidden">
            Platform
          </th>
          {head('open', 'Open issues', 'num')}
          <th scope="col" class="max-md:hidden">
            24 h
          </th>
          {head('events', 'Events', 'num max-sm:hidden')}
          {head('last', 'Last event', 'num max-sm:hidden')}
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.projects}>{(project) => <Row project={project} />}</For>
      </tbody>
    </table>
  )
}

function Row(props: { project: Project }): JSX.Element {
  const extra = (): Project['refold'] => props.project.refold
  return (
    <tr>
      <td class="pl-4 leading-4">
        <A class="font-semibold hover:underline" href={props.project.firstEvent ? `/p/${props.project.slug}/issues` : `/p/${props.project.slug}/setup`}>
          {props.project.name}
        </A>
        <span class="mono meta block">{props.project.slug}</span>
      </td>
      <td class="whitespace-nowrap text-ink-2 max-md:hidden">{platformName(props.project.platform)}</td>
      <td class="num" title={formatExact(extra().unresolved)}>
        {formatCount(extra().unresolved)}
      </td>
      <td class="max-md:hidden">
        <Sparkline series={props.project.stats} />
      </td>
      <td class="num max-sm:hidden" title={formatExact(extra().events24h)}>
        {formatCount(extra().events24h)}
      </td>
      <td class="num max-sm:hidden">
        <Show when={extra().lastEvent} fallback="–">
          {(time) => <Ago time={time()} />}
        </Show>
      </td>
      <td class="py-1!">
        <Status project={props.project} />
      </td>
    </tr>
  )
}

/** As many reasons as fit beside the row. */
const mostReasons = 3

function Status(props: { project: Project }): JSX.Element {
  const dropped = (): Project['refold']['dropped'] => props.project.refold.dropped
  const sum = (): number => dropped().reduce((all, { count }) => all + count, 0)
  return (
    <Show when={dropped().length > 0} fallback={<Quiet project={props.project} />}>
      <A class="link inline-flex min-h-6 items-center text-tx-warning!" href={`/p/${props.project.slug}/outcomes`} title={formatExact(sum())}>
        {formatCount(sum())} dropped in the last hour
      </A>
      <ul role="list" class="pb-1 text-ink-2">
        <For each={dropped().slice(0, mostReasons)}>
          {({ outcome, reason, count }) => <li>{dropped().length > 1 ? `${formatCount(count)}: ` : ''}{explainOutcome(outcome, reason)}</li>}
        </For>
        <Show when={dropped().length > mostReasons}><li>and {dropped().length - mostReasons} more reasons</li></Show>
      </ul>
    </Show>
  )
}

function Quiet(props: { project: Project }): JSX.Element {
  return (
    <Show when={!props.project.firstEvent} fallback={<span class="text-ink-2">ok</span>}>
      <A class="link inline-flex min-h-6 items-center" href={`/p/${props.project.slug}/setup`}>
        No events yet
      </A>
    </Show>
  )
}

/** As high as the head and five rows (S-17). */
export function ProjectsSkeleton(): JSX.Element {
  return (
    <div aria-hidden="true">
      <div class="h-[2.0625rem] border-b border-rule" />
      <For each={[1, 2, 3, 4, 5]}>
        {() => (
          <div class="flex h-11 items-center border-b border-rule px-4">
            <span class="skeleton w-1/4" />
          </div>
        )}
      </For>
    </div>
  )
}
