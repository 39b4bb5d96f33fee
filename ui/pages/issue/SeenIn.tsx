// In which releases the issue was first and last seen.

import { Show } from 'solid-js'
import type { IssueDetail } from '../../../core/contract/issue.ts'
import { Plain } from '../../parts/event/Plain.tsx'

export function SeenIn(props: { issue: IssueDetail }) {
  return (
    <Show when={props.issue.firstRelease ?? props.issue.lastRelease}>
      <section class="aside-part" aria-labelledby="releases">
        <h2 id="releases">Releases</h2>
        <dl class="components">
          <Show when={props.issue.firstRelease}>{(release) => <div><dt>first seen in</dt><dd><Plain text={release().version} limit={250} /></dd></div>}</Show>
          <Show when={props.issue.lastRelease}>{(release) => <div><dt>last seen in</dt><dd><Plain text={release().version} limit={250} /></dd></div>}</Show>
        </dl>
      </section>
    </Show>
  )
}
