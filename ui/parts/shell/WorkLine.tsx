// How far an action on many issues is, under the top bar, until it is done.

import { Show } from 'solid-js'
import { type Work, work } from '../../data/work.ts'
import { Button } from '../basic/Button.tsx'
import { formatExact } from '../basic/format.ts'

const sayWork = ({ said, done, total }: Work): string => (done === null ? `${said} ${formatExact(total)} issues` : `${said}: ${formatExact(done)} of ${formatExact(total)} issues`)

export function WorkLine() {
  return (
    <Show when={work()}>
      {(now) => (
        <div class="work-line" data-job data-pct={now().done === null ? undefined : Math.floor((now().done! / now().total) * 100)}>
          <span class="work-said">
            {sayWork(now())}
            <Show when={now().stop}>{(stop) => <Button onClick={() => stop()()}>Stop</Button>}</Show>
          </span>
          <div
            class="progress-track" role="progressbar" aria-label={now().said} aria-valuemin={0} aria-valuemax={now().total} aria-valuenow={now().done ?? undefined} aria-valuetext={sayWork(now())}
            data-unknown={now().done === null}
          >
            <div class="progress-bar" style={{ width: now().done === null ? '30%' : `${(now().done! / now().total) * 100}%` }} />
          </div>
        </div>
      )}
    </Show>
  )
}
