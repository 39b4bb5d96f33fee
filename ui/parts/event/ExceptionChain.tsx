// Chained exceptions, the thrown one first, each with the word that ties it to the one above; groups are indented.

import { For, Show } from 'solid-js'
import type { ExceptionValue } from '../../../core/contract/event.ts'
import { LongText } from './LongText.tsx'
import { Plain } from './Plain.tsx'
import { StackFrames } from './StackFrames.tsx'
import { orderExceptions } from './chain.ts'
import type { Verdict } from './why.ts'

type ChainProps = { values: ExceptionValue[]; platform: string; all: boolean; showVariables: boolean; verdicts?: readonly (readonly Verdict[])[] | undefined }

export function ExceptionChain(props: ChainProps) {
  return (
    <For each={orderExceptions(props.values)}>
      {(link) => (
        <div class="exception" data-depth={Math.min(link.depth, 4)}>
          <Show when={link.relation}>{(relation) => <p class="relation">{relation()}</p>}</Show>
          <ExceptionHead value={link.value} />
          <Show when={link.value.stacktrace} fallback={<p class="no-source">No stack trace came with this exception.</p>}>
            {(trace) => <StackFrames trace={trace()} platform={props.platform} all={props.all} showVariables={props.showVariables} verdicts={props.verdicts?.length === props.values.length ? props.verdicts[link.index] : undefined} />}
          </Show>
        </div>
      )}
    </For>
  )
}

function ExceptionHead(props: { value: ExceptionValue }) {
  const mechanism = () => props.value.mechanism
  return (
    <div class="exception-head">
      <h3><Plain text={props.value.type ?? 'Error'} limit={300} /></h3>
      <Show when={props.value.value}>{(text) => <p class="exception-value"><LongText text={text()} longest={1000} /></p>}</Show>
      <Show when={mechanism()?.handled === false}><span class="tag">unhandled</span></Show>
      <Show when={mechanism() && mechanism()!.type !== 'generic' && mechanism()!.type !== 'chained'}>
        <span class="exception-mechanism">{mechanism()!.type}</span>
      </Show>
    </div>
  )
}
