// Every generation the project has had: what it was, when, and what became of it.

import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { Generation, GroupingState } from '../../../core/contract/grouping.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { formatExact, formatNumber } from '../../parts/basic/format.ts'
import { canPreview, sayConfiguration, sayDuration, sayPerson, stateWords } from './words.ts'

export function Generations(props: { project: string; state: GroupingState }) {
  return (
    <section class="part" aria-labelledby="generations">
      <div class="part-head"><h2 id="generations">Generations</h2></div>
      <div class="generations">
        <table class="table">
          <thead><tr><th scope="col">Generation</th><th scope="col">State</th><th scope="col">Grouped by</th><th scope="col">Asked for</th><th scope="col" class="num">Events read</th><th scope="col" class="num">Built in</th></tr></thead>
          <tbody>
            <For each={props.state.generations}>
              {(one) => (
                <tr>
                  <th scope="row"><code>{one.id}</code></th>
                  <td>{stateWords[one.state]}<Show when={canPreview(one)}> <A class="link" href={`/p/${props.project}/grouping/${one.id}`}>Preview<span class="sr-only"> generation {one.id}</span></A></Show><Show when={one.progress?.parked}>{(parked) => <span class="text-tx-warning">, {formatNumber(parked(), 'event')} parked</span>}</Show></td>
                  <td>{sayConfiguration(one)}</td>
                  <td>{sayPerson(one.user)} <span class="meta"><Ago time={one.dateCreated} words /></span></td>
                  <td class="num">{one.progress === null ? '–' : formatExact(one.progress.done)}</td>
                  <td class="num">{builtIn(one)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </section>
  )
}

function builtIn({ progress }: Generation): string {
  if (progress?.startedAt == null || progress.finishedAt === null) return '–'
  return sayDuration((Date.parse(progress.finishedAt) - Date.parse(progress.startedAt)) / 1000)
}
