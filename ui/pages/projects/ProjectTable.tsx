// One row per project: name, platform, open issues, events of 24 h, last event, status.

import { A } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import type { Project } from '../../../core/contract/project.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { formatCount, formatExact } from '../../parts/basic/format.ts'
import { Sparkline } from '../../parts/basic/Sparkline.tsx'
import { platformName } from './platforms.ts'

export function ProjectTable(props: { projects: readonly Project[] }): JSX.Element {
  return (
    <table class="table" aria-label="Projects">
      <thead>
        <tr>
          <th scope="col" class="w-1/3 pl-4">
            Project
          </th>
          <th scope="col" class="max-md:hidden">
            Platform
          </th>
          <th scope="col" class="num">
            Open issues
          </th>
          <th scope="col" class="max-md:hidden">
            24 h
          </th>
          <th scope="col" class="num max-sm:hidden">
            Events
          </th>
          <th scope="col" class="num max-sm:hidden">
            Last event
          </th>
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
      <td class="text-ink-2 max-md:hidden">{platformName(props.project.platform)}</td>
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
      <td>
        <Status project={props.project} />
      </td>
    </tr>
  )
}

function Status(props: { project: Project }): JSX.Element {
  return (
    <Show
      when={props.project.firstEvent}
      fallback={
        <A class="link inline-flex min-h-6 items-center" href={`/p/${props.project.slug}/setup`}>
          No events yet
        </A>
      }
    >
      <Show when={props.project.refold.dropped.length > 0} fallback={<span class="text-ink-2">ok</span>}>
        <For each={props.project.refold.dropped}>
          {(dropped) => (
            <span class="block text-tx-warning">
              {formatCount(dropped.count)} dropped: {dropped.reason.replaceAll('_', ' ')}
            </span>
          )}
        </For>
      </Show>
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
