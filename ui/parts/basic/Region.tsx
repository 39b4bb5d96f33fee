// The states that every region of a page has (ui.md 2.13): nothing for 150 ms, then a skeleton of the real size; old
// content under a thin bar while it reloads; an error of its own with a way to try again; a crash stays inside.

import { createSignal, ErrorBoundary, type JSX, Match, onCleanup, onMount, Show, Switch } from 'solid-js'
import { ApiFailure } from '../../data/api.ts'
import { Button } from './Button.tsx'
import { RegionError } from './RegionError.tsx'

/** The part of a solid-query result that a region needs. */
export type RegionQuery = { isPending: boolean; isError: boolean; isFetching: boolean; error: unknown; refetch: () => unknown }

export type RegionProps = {
  query: RegionQuery
  /** Same height as the content (S-17). */
  skeleton?: JSX.Element
  /** True when there is nothing to show; `empty` says why, and gives one next step. */
  isEmpty?: boolean
  empty?: JSX.Element
  children: JSX.Element
  class?: string | undefined
}

/** `children` is only evaluated when there is data: reading `query.data` inside cannot suspend. */
export function Region(props: RegionProps): JSX.Element {
  const state = (): 'loading' | 'error' | 'empty' | 'ready' => {
    // An error of a reload leaves what is there; the first one has nothing to leave.
    if (props.query.isPending) return 'loading'
    if (props.query.isError && !hasData(props.query)) return 'error'
    return props.isEmpty ? 'empty' : 'ready'
  }
  return (
    <div class={`region ${props.class ?? ''}`} data-state={state()} aria-busy={props.query.isFetching}>
      <Show when={props.query.isFetching && state() !== 'loading'}>
        <Later ms={400}>
          <div class="reload-bar" />
        </Later>
      </Show>
      <Switch>
        <Match when={state() === 'loading'}>
          <Later ms={150}>{props.skeleton}</Later>
        </Match>
        <Match when={state() === 'error'}>
          <RegionError error={props.query.error} retry={() => void props.query.refetch()} />
        </Match>
        <Match when={state() === 'empty'}>{props.empty}</Match>
        <Match when={state() === 'ready'}>
          <ErrorBoundary fallback={(error: unknown, reset) => <Crash error={error} reset={reset} />}>{props.children}</ErrorBoundary>
        </Match>
      </Switch>
    </div>
  )
}

/** Only asked once nothing is pending, so reading `data` does not suspend. */
const hasData = (query: RegionQuery): boolean => 'data' in query && query.data !== undefined && !(query.error instanceof ApiFailure && query.error.status === 404)

function Later(props: { ms: number; children: JSX.Element }): JSX.Element {
  const [shown, setShown] = createSignal(false)
  onMount(() => {
    const timer = setTimeout(() => setShown(true), props.ms)
    onCleanup(() => clearTimeout(timer))
  })
  return <Show when={shown()}>{props.children}</Show>
}

function Crash(props: { error: unknown; reset: () => void }): JSX.Element {
  return (
    <div class="notice" data-kind="error" role="alert">
      <p>
        <strong>This part failed.</strong> {String(props.error)}
      </p>
      <Button onClick={() => props.reset()}>Try again</Button>
    </div>
  )
}
