// What a region says when its data could not be read: text, status, request id, and one thing to do.

import { type JSX, Show } from 'solid-js'
import { ApiFailure } from '../../data/api.ts'
import { sayFailure } from '../../data/failure.ts'
import { Button } from './Button.tsx'

export type WayUp = { href: string; label: string }
const allProjects: WayUp = { href: '/projects', label: 'All projects' }

export function RegionError(props: { error: unknown; up?: WayUp | undefined; retry: () => void }): JSX.Element {
  const failure = (): ApiFailure | null => (props.error instanceof ApiFailure ? props.error : null)
  const status = (): number => failure()?.status ?? -1
  const isFinal = (): boolean => status() === 404 || status() === 403
  const up = (): WayUp => props.up ?? allProjects
  const words = (): string => ({ 403: 'You may not see this.', 404: 'Not here.' })[status()] ?? 'This could not be loaded.'
  return (
    // Without an answer the banner has announced it (E-02).
    <div class="notice" data-kind="error" role={status() === 0 ? undefined : 'alert'}>
      <p>
        <strong>{words()}</strong> {sayFailure(props.error)}
        <Show when={status() > 0}>
          <span class="meta"> Status {status()}.</span>
        </Show>
        <Show when={failure()?.requestId}>
          {(id) => (
            <span class="meta">
              {' '}
              Request <code>{id()}</code>.
            </span>
          )}
        </Show>
      </p>
      <Show when={!isFinal()} fallback={<a class="btn" href={up().href}>{up().label}</a>}>
        <Button onClick={() => props.retry()}>Retry</Button>
      </Show>
    </div>
  )
}
