// What a region says when its data could not be read: text, status, request id, and one thing to do.

import { type JSX, Show } from 'solid-js'
import { ApiFailure } from '../../data/api.ts'
import { Button } from './Button.tsx'

export function RegionError(props: { error: unknown; retry: () => void }): JSX.Element {
  const failure = (): ApiFailure | null => (props.error instanceof ApiFailure ? props.error : null)
  const isFinal = (): boolean => failure()?.status === 404 || failure()?.status === 403
  return (
    <div class="notice" data-kind="error" role="alert">
      <p>
        <strong>{isFinal() ? 'Not here.' : 'This could not be loaded.'}</strong> {props.error instanceof Error ? props.error.message : String(props.error)}
        <Show when={failure()?.status}>{(status) => <span class="meta"> Status {status()}.</span>}</Show>
        <Show when={failure()?.requestId}>
          {(id) => (
            <span class="meta">
              {' '}
              Request <code>{id()}</code>.
            </span>
          )}
        </Show>
      </p>
      <Show when={!isFinal()} fallback={<a class="btn" href="/projects">All projects</a>}>
        <Button onClick={() => props.retry()}>Retry</Button>
      </Show>
    </div>
  )
}
