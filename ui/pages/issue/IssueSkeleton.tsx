// Lines where text will be, while an issue or an event is read for the first time.

import { For } from 'solid-js'

export function IssueSkeleton() {
  return (
    <div class="issue-skeleton-lines" aria-hidden="true">
      <For each={[32, 54, 46, 61, 40, 52]}>{(width) => <span class="skeleton" style={{ width: `${width}%` }} />}</For>
    </div>
  )
}
