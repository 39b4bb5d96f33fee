// The stack trace of an event: exceptions, threads, or a bare trace; short, with all frames, or as plain text.

import { For, Match, Show, Switch, createMemo, createSignal } from 'solid-js'
import type { Event, EventEntry, Thread } from '../../../core/contract/event.ts'
import { useShortcuts } from '../../data/keys.ts'
import { ExceptionChain } from './ExceptionChain.tsx'
import { Section } from './Section.tsx'
import { StackFrames } from './StackFrames.tsx'
import { ThreadPicker } from './ThreadPicker.tsx'
import { entryOf } from './entries.ts'
import { formatExceptions, formatTrace } from './rawtrace.ts'
import { toVisible } from './visible.ts'

export type View = 'app' | 'all' | 'raw'
const views: [View, string][] = [['app', 'In-app'], ['all', 'All frames'], ['raw', 'Raw']]

export function StackSection(props: { event: Event }) {
  let body: HTMLDivElement | undefined
  const [view, setView] = createSignal<View>('app')
  const [showVariables, setShowVariables] = createSignal(true)
  const exceptions = () => entryOf(props.event, 'exception')?.values ?? []
  const threads = () => entryOf(props.event, 'threads')?.values ?? []
  const [picked, setPicked] = createSignal<Thread | null>(null)
  const shownThread = () => picked() ?? (exceptions().length > 0 ? null : crashedOf(threads()))
  const bare = () => shownThread()?.stacktrace ?? entryOf(props.event, 'stacktrace') ?? null
  /** Of threads, only the one that crashed is looked at. */
  const isJudged = () => picked() === null || picked() === crashedOf(threads())
  const showsExceptions = () => exceptions().length > 0 && picked() === null
  const raw = createMemo(() => showsExceptions() ? formatExceptions(exceptions()) : bare() === null ? '' : formatTrace(bare()!))

  // Frames take the focus itself: Enter and screen readers then need nothing of ours.
  const moveFrame = (step: 1 | -1) => {
    const heads = [...body?.querySelectorAll<HTMLButtonElement>('[data-frame] > button') ?? []]
    const at = heads.indexOf(document.activeElement as HTMLButtonElement)
    heads[at < 0 ? 0 : Math.min(Math.max(at + step, 0), heads.length - 1)]?.focus()
  }
  useShortcuts([
    { keys: ['j'], label: 'Next frame', run: () => moveFrame(1) },
    { keys: ['k'], label: 'Previous frame', run: () => moveFrame(-1) },
    { keys: ['t'], label: 'In-app or all frames', run: () => setView((now) => (now === 'all' ? 'app' : 'all')) },
    { keys: ['v'], label: 'Variables on or off', run: () => setShowVariables((now) => !now) },
  ])

  return (
    <Section
      title="Stack trace"
      note="most recent call first"
      actions={
        <div class="joined" role="group" aria-label="Frames shown">
          <For each={views}>{([name, label]) => <button type="button" class="btn" aria-pressed={view() === name} onClick={() => setView(name)}>{label}</button>}</For>
        </div>
      }
    >
      <Show when={threads().length > 1}>
        <ThreadPicker threads={threads()} shown={shownThread() ?? crashedOf(threads())} onPick={(thread) => setPicked(exceptions().length > 0 && thread === crashedOf(threads()) ? null : thread)} />
      </Show>
      <div ref={(element) => (body = element)}>
        <Switch fallback={<p class="no-source">No stack trace came with this event.</p>}>
          <Match when={view() === 'raw' && raw() !== ''}>{/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard */}<pre class="raw" tabindex="0">{toVisible(raw(), 500_000)}</pre></Match>
          <Match when={showsExceptions()}><ExceptionChain values={exceptions()} platform={props.event.platform} all={view() === 'all'} showVariables={showVariables()} verdicts={props.event.refold.grouping.frames?.exceptions} /></Match>
          <Match when={bare()} keyed>{(trace) => <StackFrames trace={trace} platform={props.event.platform} all={view() === 'all'} showVariables={showVariables()} verdicts={isJudged() ? props.event.refold.grouping.frames?.thread : undefined} />}</Match>
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
