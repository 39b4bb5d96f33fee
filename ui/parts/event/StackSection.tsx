// The stack trace of an event: exceptions, threads, or a bare trace; short, with all frames, or as plain text.

import { Match, Show, Switch, createMemo, createSignal } from 'solid-js'
import type { Event, EventEntry, Thread } from '../../../core/contract/event.ts'
import { useShortcuts } from '../../data/keys.ts'
import { ExceptionChain, traceOf } from './ExceptionChain.tsx'
import { Section } from './Section.tsx'
import { StackControls, type StackView } from './StackControls.tsx'
import { StackFrames } from './StackFrames.tsx'
import { ThreadPicker } from './ThreadPicker.tsx'
import { borrowStack } from './chain.ts'
import { entryOf } from './entries.ts'
import { createOpenFrames } from './openFrames.ts'
import { formatExceptions, formatTrace } from './rawtrace.ts'
import { stackOrder } from './stackOrder.ts'
import { toVisible } from './visible.ts'

export function StackSection(props: { event: Event }) {
  let body: HTMLDivElement | undefined
  const [view, setView] = createSignal<StackView>('app')
  const [asSent, setAsSent] = createSignal(false)
  const [showVariables, setShowVariables] = createSignal(true)
  const frames = createOpenFrames()
  const threads = () => entryOf(props.event, 'threads')?.values ?? []
  const exceptions = createMemo(() => borrowStack(entryOf(props.event, 'exception')?.values ?? [], threads()))
  const [picked, setPicked] = createSignal<Thread | null>(null)
  const shownThread = () => picked() ?? (exceptions().length > 0 ? null : crashedOf(threads()))
  const bare = () => shownThread()?.stacktrace ?? entryOf(props.event, 'stacktrace') ?? null
  /** Of threads, only the one that crashed is looked at. */
  const isJudged = () => picked() === null || picked() === crashedOf(threads())
  const showsExceptions = () => exceptions().length > 0 && picked() === null
  const raw = createMemo(() => showsExceptions() ? formatExceptions(exceptions().map((value) => ({ ...value, stacktrace: traceOf(value, asSent()) }))) : bare() === null ? '' : formatTrace(bare()!))
  const hasBoth = () => showsExceptions() && exceptions().some((value) => value.rawStacktrace !== null)

  // Frames take the focus itself: Enter and screen readers then need nothing of ours.
  const moveFrame = (step: 1 | -1) => {
    const heads = [...body?.querySelectorAll<HTMLButtonElement>('[data-frame] > button') ?? []]
    const at = heads.indexOf(document.activeElement as HTMLButtonElement)
    heads[at < 0 ? 0 : Math.min(Math.max(at + step, 0), heads.length - 1)]?.focus()
  }
  useShortcuts([
    { keys: ['j'], label: 'next frame', run: () => moveFrame(1) },
    { keys: ['k'], label: 'previous frame', run: () => moveFrame(-1) },
    { keys: ['t'], label: 'in-app or all frames', run: () => setView((now) => (now === 'all' ? 'app' : 'all')) },
    { keys: ['v'], label: 'variables on or off', run: () => setShowVariables((now) => !now) },
  ])

  return (
    <Section
      id="stack-trace"
      title="Stack trace"
      note={`most recent call ${stackOrder() === 'newest' ? 'first' : 'last'}`}
      actions={<StackControls view={view()} onView={setView} frames={frames} asSent={hasBoth() ? asSent() : null} onAsSent={setAsSent} platform={props.event.platform} />}
    >
      <Show when={threads().length > 1}>
        <ThreadPicker threads={threads()} shown={shownThread() ?? crashedOf(threads())} onPick={(thread) => setPicked(exceptions().length > 0 && thread === crashedOf(threads()) ? null : thread)} />
      </Show>
      <div ref={(element) => (body = element)}>
        <Switch fallback={<p class="no-source">No stack trace came with this {picked() === null ? 'event' : 'thread'}.</p>}>
          <Match when={view() === 'raw' && raw() !== ''}>{/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard */}<pre class="raw" tabindex="0">{toVisible(raw(), 500_000)}</pre></Match>
          <Match when={showsExceptions()}><ExceptionChain values={exceptions()} platform={props.event.platform} all={view() === 'all'} asSent={asSent()} showVariables={showVariables()} frames={frames} verdicts={asSent() ? undefined : props.event.refold.grouping.frames} /></Match>
          <Match when={bare()} keyed>{(trace) => <StackFrames trace={trace} platform={props.event.platform} all={view() === 'all'} showVariables={showVariables()} frames={frames} verdicts={isJudged() ? props.event.refold.grouping.frames?.thread : undefined} />}</Match>
        </Switch>
      </div>
    </Section>
  )
}

/** Protocol 4.5: the crashed thread, else the current one, else the first. */
function crashedOf(threads: Thread[]): Thread | null {
  return threads.find((thread) => thread.crashed) ?? threads.find((thread) => thread.current) ?? threads[0] ?? null
}

/** True when there is anything for this section to show. */
export function hasStack(entries: EventEntry[]): boolean {
  return entries.some((entry) => entry.type === 'exception' || entry.type === 'stacktrace' || (entry.type === 'threads' && entry.data.values.some((thread) => thread.stacktrace)))
}
