// Over content that could not be read again: how old it is, and why (ui.md 2.13, "stale"). Without a server the banner of the
// shell says it for the whole page.

import { type JSX, Show } from 'solid-js'
import { ApiFailure } from '../../data/api.ts'
import { sayFailure } from '../../data/failure.ts'
import { Button } from './Button.tsx'
import { formatClock } from './format.ts'

/** `since` in ms, as solid-query counts. */
export function StaleNote(props: { error: unknown; since: number | undefined; retry: () => void }): JSX.Element {
  const isOffline = (): boolean => props.error instanceof ApiFailure && props.error.status === 0
  return (
    <Show when={!isOffline()}>
      <div class="notice stale-note" data-kind="warning" role="status">
        <p>
          <Show when={props.since} fallback="Not up to date.">{(since) => <>As of {formatClock(new Date(since()))}.</>}</Show> {sayFailure(props.error)}
          <Show when={props.error instanceof ApiFailure && props.error.requestId}>{(id) => <span class="meta"> Request <code>{id()}</code>.</span>}</Show>
        </p>
        <Button onClick={() => props.retry()}>Retry</Button>
      </div>
    </Show>
  )
}
