// An event that is not stored any more, or never was: what the server says, and the way to one that is (D-10).

import type { ApiFailure } from '../../data/api.ts'
import { keepGeneration } from '../../parts/basic/browse.ts'

export function GoneEvent(props: { failure: ApiFailure; shortId: string; generation: string | null }) {
  return (
    <div class="empty" data-state="error" role="alert">
      <h2>This event is not here</h2>
      <p>{props.failure.message}</p>
      <a class="btn" href={keepGeneration(`/issues/${props.shortId}/events/latest`, props.generation)}>Show the newest event</a>
    </div>
  )
}
