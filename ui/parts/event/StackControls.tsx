// How the stack trace is shown: which frames, from which end, as they were written or as they were sent, open or closed.

import { For, Show, createSignal } from 'solid-js'
import { type OpenFrames, mostOpened } from './openFrames.ts'
import { setStackOrder, stackOrder } from './stackOrder.ts'

export type StackView = 'app' | 'all' | 'raw'
const views: [StackView, string][] = [['app', 'In-app'], ['all', 'All frames'], ['raw', 'Raw']]

/** `asSent` null: there is only one way. */
type ControlProps = { view: StackView; onView: (view: StackView) => void; frames: OpenFrames; asSent: boolean | null; onAsSent: (asSent: boolean) => void; platform: string }

export function StackControls(props: ControlProps) {
  const [expanded, setExpanded] = createSignal(false)
  const isScript = () => props.platform === 'javascript' || props.platform === 'node'
  const forms = (): [boolean, string][] => [[false, isScript() ? 'Original' : 'Symbolicated'], [true, isScript() ? 'Minified' : 'As sent']]
  const count = () => props.frames.count()
  const said = () => (expanded() && count().all > count().open && count().open >= mostOpened ? `${mostOpened} of ${count().all} frames are open` : '')
  const expand = () => {
    if (expanded()) props.frames.collapseAll()
    else props.frames.expandAll()
    setExpanded((now) => !now)
  }
  return (
    <>
      <span class="part-note" role="status">{said()}</span>
      <Show when={props.view !== 'raw'}>
        <Show when={count().all > 1}><button type="button" class="btn" data-kind="quiet" onClick={expand}>{expanded() ? 'Collapse all' : 'Expand all'}</button></Show>
        <Show when={count().all > 1}>
          <button type="button" class="btn" data-kind="quiet" onClick={() => setStackOrder(stackOrder() === 'newest' ? 'oldest' : 'newest')} title="Turns the stack trace round, here and in every event">{stackOrder() === 'newest' ? 'Oldest first' : 'Newest first'}</button>
        </Show>
      </Show>
      <Show when={props.asSent !== null}>
        <div class="btn-group" role="group" aria-label="Form of the code">
          <For each={forms()}>{([asSent, label]) => <button type="button" class="btn" aria-pressed={props.asSent === asSent} onClick={() => props.onAsSent(asSent)}>{label}</button>}</For>
        </div>
      </Show>
      <Show when={props.view === 'raw' || count().all > 0}>
        <div class="btn-group" role="group" aria-label="Frames shown">
          <For each={views}>{([name, label]) => <button type="button" class="btn" aria-pressed={props.view === name} onClick={() => props.onView(name)}>{label}</button>}</For>
        </div>
      </Show>
    </>
  )
}
