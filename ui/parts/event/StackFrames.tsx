// The frames of one stack trace. Which rows there are is layout.ts; this draws them, and keeps which folds were opened.

import { For, Match, Switch, createMemo, createSignal } from 'solid-js'
import type { Stacktrace } from '../../../core/contract/event.ts'
import { FrameItem } from './FrameItem.tsx'
import { type FrameRow, type TraceRow, layoutFrames } from './layout.ts'
import { type OpenFrames, createOpenFrames } from './openFrames.ts'
import { stackOrder } from './stackOrder.ts'
import type { Verdict } from './why.ts'

type StackProps = { trace: Stacktrace; platform: string; all: boolean; showVariables: boolean; frames?: OpenFrames; verdicts?: readonly Verdict[] | undefined }

/** One trace for the life of the component: another trace is another component. */
export function StackFrames(props: StackProps) {
  let list: HTMLOListElement | undefined
  // oxlint-disable-next-line solid/reactivity -- one for the life of the component, as the trace
  const frames = props.frames ?? createOpenFrames()
  const [unfolded, setUnfolded] = createSignal<ReadonlySet<string>>(new Set())
  // Rows that stay the same keep their element, so that opening one fold moves neither focus nor scroll.
  const known = new Map<string, TraceRow>()
  const rows = createMemo(() => {
    const newest = layoutFrames(props.trace, { all: props.all, opened: unfolded() }).map((row) => {
      const key = row.kind === 'frame' ? `${row.index}×${row.repeats}` : `${row.kind}${row.key}`
      if (!known.has(key)) known.set(key, row)
      return known.get(key)!
    })
    return stackOrder() === 'newest' ? newest : newest.toReversed()
  })
  frames.useRows(rows)
  // Of the frames as they were sent: where reading has dropped some, none can be told apart.
  const verdictOf = (row: FrameRow) => (props.verdicts?.length === props.trace.frames.length ? props.verdicts[row.index] : undefined)
  const unfold = (row: Extract<TraceRow, { kind: 'folded' }>) => {
    const at = rows().indexOf(row)
    setUnfolded((now) => new Set([...now, row.key]))
    list?.children[at]?.querySelector('button')?.focus()
  }
  return (
    <ol class="frames" role="list" ref={(element) => (list = element)}>
      <For each={rows()}>
        {(row) => (
          <Switch>
            <Match when={row.kind === 'frame' && row}>
              {(frame) => <FrameItem row={frame()} platform={props.platform} verdict={verdictOf(frame())} open={frames.isOpen(frame())} showVariables={props.showVariables} onToggle={() => frames.toggle(frame())} />}
            </Match>
            <Match when={row.kind === 'folded' && row}>
              {(fold) => <li class="fold"><button type="button" onClick={() => unfold(fold())}>{fold().count} library frames</button></li>}
            </Match>
            <Match when={row.kind === 'omitted' && row}>
              {(gap) => <li class="fold">{gap().count} {gap().count === 1 ? 'frame was' : 'frames were'} left out for length</li>}
            </Match>
          </Switch>
        )}
      </For>
    </ol>
  )
}
