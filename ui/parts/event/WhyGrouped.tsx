// Why this event is in this issue: one sentence, the rule that acted, what was hashed, what was left out.

import { For, Show } from 'solid-js'
import type { GroupingDescription } from '../../../core/contract/grouping.ts'
import { Plain } from './Plain.tsx'
import { describeComponent, explainGrouping, nameComponent } from './why.ts'

export function WhyGrouped(props: { grouping: GroupingDescription; title?: string }) {
  return (
    <section class="aside-part" aria-labelledby="why-grouped" data-strategy={props.grouping.strategy}>
      <h2 id="why-grouped">{props.title ?? 'Why these are grouped'}</h2>
      <p>{explainGrouping(props.grouping)}</p>
      <Show when={props.grouping.rule}>{(rule) => <p class="note">Rule in line {rule().line}: <code class="why-rule"><Plain text={rule().text} limit={400} /></code></p>}</Show>
      <Show when={props.grouping.components.some(([, value]) => value !== '')}>
        <dl class="components">
          <For each={props.grouping.components.filter(([, value]) => value !== '')}>
            {([tag, value]) => <div><dt>{nameComponent(tag)}</dt><dd><Plain text={describeComponent(value)} limit={300} /></dd></div>}
          </For>
        </dl>
      </Show>
      <For each={props.grouping.notes}>{(note) => <p class="note"><Plain text={note} limit={500} /></p>}</For>
      <p class="note">Algorithm {props.grouping.version}, key <code>{props.grouping.key}</code></p>
    </section>
  )
}
