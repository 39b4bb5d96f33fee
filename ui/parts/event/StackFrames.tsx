// The frames of one stack trace, most recent call first. Which rows there are is layout.ts; this draws them and keeps
// what a person has opened.

import { For, Match, Switch, createMemo, createSignal } from 'solid-js'
import type { Stacktrace } from '../../../core/contract/event.ts'
import { FrameItem } from './FrameItem.tsx'
import { type FrameRow, type TraceRow, layoutFrames } from './layout.ts'
import type { Verdict } from './why.ts'

type StackProps = { trace: Stacktrace; platform: string; all: boolean; showVariables: boolean; verdicts?: readonly Verdict[] | undefined }

/** One trace for the life of the component: another trace is another component. */
export function StackFrames(props: StackProps) {
  let list: HTMLOListElement | undefined
  const [unfolded, setUnfolded] = createSignal<ReadonlySet<string>>(new Set())
  const [toggled, setToggled] = createSignal<ReadonlySet<number>>(new Set())
  // Rows that stay the same keep their element, so that opening one fold moves neither focus nor scroll.
  const known = new Map<string, TraceRow>()
  const rows = createMemo(() => layoutFrames(props.trace, { all: props.all, opened: unfolded() }).map((row) => {
    const key = row.kind === 'frame' ? `${row.index}×${row.repeats}` : `${row.kind}${row.key}`
    if (!known.has(key)) known.set(key, row)
    return known.get(key)!
  }))
  // Of the frames as they were sent: where reading has dropped some, none can be told apart.
  const verdictOf = (row: FrameRow) => (props.verdicts?.length === props.trace.frames.length ? props.verdicts[row.index] : undefined)
  const isOpen = (row: FrameRow) => row.open !== toggled().has(row.index)
  const toggle = (index: number) => setToggled((now) => now.symmetricDifference(new Set([index])))
  const unfold = (row: Extract<TraceRow, { kind: 'folded' }>) => {
    setUnfolded((now) => new Set([...now, row.key]))
    const first = rows().findIndex((one) => one.kind === 'frame' && `folded-${one.index}` === row.key)
    list?.children[first]?.querySelector('button')?.focus()
  }
  return (
    <ol class="frames" role="list" ref={(element) => (list = element)}>
      <For each={rows()}>
        {(row) => (
          <Switch>
            <Match when={row.kind === 'frame' && row}>
              {(frame) => <FrameItem row={frame()} platform={props.platform} verdict={verdictOf(frame())} open={isOpen(frame())} showVariables={props.showVariables} onToggle={() => toggle(frame().index)} />}
            </Match>
            <Match when={row.kind === 'folded' && row}>
              {(fold) => <li class="fold"><button type="button" onClick={() => unfold(fold())}>{fold().count} library frames</button></li>}
            </Match>
            <Match when={row.kind === 'omitted' && row}>
              {(gap) => <li class="fold">{gap().count} frames were left out by the SDK</li>}
            </Match>
          </Switch>
        )}
      </For>
    </ol>
  )
}
