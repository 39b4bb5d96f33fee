// The states that every region of a page has (ui.md 2.13): nothing for 150 ms, then a skeleton of the real size; old
// content under a thin bar while it reloads, and how old it is when that fails; an error of its own with a way to try
// again; a crash stays inside.

import { createSignal, ErrorBoundary, type JSX, Match, onCleanup, onMount, Show, Switch } from 'solid-js'
import { ApiFailure } from '../../data/api.ts'
import { Crash } from './Crash.tsx'
import { RegionError, type WayUp } from './RegionError.tsx'
import { StaleNote } from './StaleNote.tsx'

/** The part of a solid-query result that a region needs. `data` is read only when nothing is pending. */
export type RegionQuery = { isPending: boolean; isError: boolean; isFetching: boolean; error: unknown; refetch: () => unknown; dataUpdatedAt?: number; data?: unknown }

export type RegionProps = {
  query: RegionQuery
  /** Same height as the content (S-17). */
  skeleton?: JSX.Element
  /** True when there is nothing to show; `empty` says why, and gives one next step. */
  isEmpty?: boolean
  empty?: JSX.Element
  /** Where to go when what is asked for is gone or forbidden; default: all projects. */
  up?: WayUp
  children: JSX.Element
  class?: string | undefined
}

/** `children` is only evaluated when there is data: reading `query.data` inside cannot suspend. */
export function Region(props: RegionProps): JSX.Element {
  const state = (): 'loading' | 'error' | 'empty' | 'ready' => {
    // Who has called a request off knows that it did not come (E-03).
    if (props.query.isPending || isAbort(props.query.error)) return 'loading'
    // An error of a reload leaves what is there; the first one has nothing to leave.
    if (props.query.isError && !hasData(props.query)) return 'error'
    return props.isEmpty ? 'empty' : 'ready'
  }
  const isOld = (): boolean => props.query.isError && (state() === 'ready' || state() === 'empty')
  return (
    <div class={`region ${props.class ?? ''}`} data-state={state()} aria-busy={props.query.isFetching}>
      <Show when={props.query.isFetching && state() !== 'loading'}>
        <Later ms={400}>
          <div class="reload-bar" />
        </Later>
      </Show>
      <Show when={isOld()}>
        <StaleNote error={props.query.error} since={props.query.dataUpdatedAt} retry={() => void props.query.refetch()} />
      </Show>
      <Switch>
        <Match when={state() === 'loading'}>
          <Later ms={150}>{props.skeleton}</Later>
        </Match>
        <Match when={state() === 'error'}>
          <RegionError error={props.query.error} up={props.up} retry={() => void props.query.refetch()} />
        </Match>
        <Match when={state() === 'empty'}>{props.empty}</Match>
        <Match when={state() === 'ready'}>
          <ErrorBoundary fallback={(error: unknown, reset) => <Crash error={error} reset={reset} />}>{props.children}</ErrorBoundary>
        </Match>
      </Switch>
    </div>
  )
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError'

/** Only asked once nothing is pending, so reading `data` does not suspend. What is gone, or forbidden by now, is not shown any more. */
const hasData = (query: RegionQuery): boolean => query.data !== undefined && !(query.error instanceof ApiFailure && [403, 404].includes(query.error.status))

function Later(props: { ms: number; children: JSX.Element }): JSX.Element {
  const [shown, setShown] = createSignal(false)
  onMount(() => {
    const timer = setTimeout(() => setShown(true), props.ms)
    onCleanup(() => clearTimeout(timer))
  })
  return <Show when={shown()}>{props.children}</Show>
}
