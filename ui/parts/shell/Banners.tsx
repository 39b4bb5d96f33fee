// What is wrong with all the page's data at once: no server (G-08), or a newer one (G-09).

import { type JSX, Show } from 'solid-js'
import { newBuild, offlineSince } from '../../data/connection.ts'
import { Button } from '../basic/Button.tsx'
import { formatClock } from '../basic/format.ts'
import { WorkLine } from './WorkLine.tsx'

export function Banners(): JSX.Element {
  return (
    <div class="banners">
      <WorkLine />
      <div role="status">
        <Show when={offlineSince()}>
          {(since) => (
            <div class="notice" data-kind="warning">
              Offline. Showing data from {formatClock(since())}
            </div>
          )}
        </Show>
        <Show when={newBuild()}>
          <div class="notice">
            Refold was updated.
            <Button onClick={() => location.reload()}>Reload for the new version</Button>
          </div>
        </Show>
      </div>
    </div>
  )
}
