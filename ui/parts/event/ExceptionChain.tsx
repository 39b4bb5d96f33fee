// Chained exceptions, the thrown one first, each with the word that ties it to the one above; groups are indented.

import { For, Show } from 'solid-js'
import type { ExceptionValue, Stacktrace } from '../../../core/contract/event.ts'
import { LongText } from './LongText.tsx'
import { Linked, Plain } from './Plain.tsx'
import { StackFrames } from './StackFrames.tsx'
import { ValueTree } from './ValueTree.tsx'
import { orderExceptions } from './chain.ts'
import type { OpenFrames } from './openFrames.ts'
import type { Verdicts } from './why.ts'

/** `asSent`: minified, or without symbols, where the server has found the original. */
type ChainProps = { values: ExceptionValue[]; platform: string; all: boolean; asSent: boolean; showVariables: boolean; frames: OpenFrames; verdicts?: Verdicts | undefined }

export function ExceptionChain(props: ChainProps) {
  /** A stack that was taken from a thread is judged as the thread's. */
  const verdictsOf = (index: number, trace: Stacktrace) => {
    const own = props.verdicts?.exceptions.length === props.values.length ? props.verdicts.exceptions[index] : undefined
    return own?.length === trace.frames.length ? own : props.verdicts?.thread
  }
  return (
    <For each={orderExceptions(props.values)}>
      {(link) => (
        <div class="exception" data-depth={Math.min(link.depth, 4)}>
          <Show when={link.relation}>{(relation) => <p class="relation">{relation()}</p>}</Show>
          <ExceptionHead value={link.value} />
          <Show when={traceOf(link.value, props.asSent)} keyed fallback={<p class="no-source">No stack trace came with this exception.</p>}>
            {(trace) => <StackFrames trace={trace} platform={props.platform} all={props.all} showVariables={props.showVariables} frames={props.frames} verdicts={verdictsOf(link.index, trace)} />}
          </Show>
        </div>
      )}
    </For>
  )
}

export const traceOf = (value: ExceptionValue, asSent: boolean): Stacktrace | null => (asSent ? (value.rawStacktrace ?? value.stacktrace) : value.stacktrace)

function ExceptionHead(props: { value: ExceptionValue }) {
  const mechanism = () => props.value.mechanism
  const details = () => ({ ...mechanism()?.data, ...mechanism()?.meta })
  return (
    <div class="exception-head">
      <h3><Plain text={props.value.type ?? 'Error'} limit={300} /></h3>
      <Show when={props.value.value}>{(text) => <p class="exception-value"><LongText text={text()} longest={1000} /></p>}</Show>
      <Show when={mechanism()?.handled === false}><span class="tag">unhandled</span></Show>
      <Show when={props.value.module}>{(text) => <span class="exception-mechanism mono"><Plain text={text()} limit={200} /></span>}</Show>
      <Show when={mechanism() && mechanism()!.type !== 'generic' && mechanism()!.type !== 'chained'}>
        <span class="exception-mechanism"><Plain text={mechanism()!.type} limit={128} /></span>
      </Show>
      <Show when={mechanism()?.description}>{(text) => <p class="exception-note"><Linked text={text()} /></p>}</Show>
      <Show when={mechanism()?.helpLink}>{(text) => <p class="exception-note"><Linked text={text()} /></p>}</Show>
      <Show when={Object.keys(details()).length > 0}><div class="exception-note mono"><ValueTree value={details()} /></div></Show>
    </div>
  )
}
