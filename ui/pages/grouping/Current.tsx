// What is live: by which algorithm and rules, since when and by whom; the way up to a newer algorithm, and back.

import { A } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { Generation, GroupingState } from '../../../core/contract/grouping.ts'
import { sayFailure } from '../../data/failure.ts'
import { changeGenerations } from '../../data/grouping.ts'
import { may } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Confirm } from '../../parts/basic/Confirm.tsx'
import { showToast } from '../../parts/basic/Toast.tsx'
import { formatTime } from '../../parts/basic/format.ts'
import { rollBack } from './apply.ts'
import { sayConfiguration, sayPerson } from './words.ts'

export function Current(props: { project: string; state: GroupingState; onBuilt: (generation: Generation) => void; onSaid: (text: string) => void }) {
  const [asking, setAsking] = createSignal(false)
  const live = () => props.state.live
  const newest = () => props.state.versions.at(-1) ?? live().version
  const back = () => props.state.rollback
  const upgrade = async (): Promise<void> => {
    try {
      props.onBuilt((await changeGenerations<Generation>(props.project, 'POST', '', { version: newest() })).body)
    } catch (error) {
      showToast({ kind: 'error', text: `Nothing was built. ${sayFailure(error)}` })
    }
  }
  const goBack = async (): Promise<void> => props.onSaid(await rollBack(props.project))
  return (
    <section class="section spine grouping-now" aria-labelledby="now" data-generation={live().id}>
      <h2 id="now">Generation {live().id} is live</h2>
      <p class="text-ink-2">
        Algorithm {sayConfiguration(live())}.{' '}
        <Show when={live().appliedAt} fallback="It is the project’s first.">{(time) => <>Applied {formatTime(time())} by {sayPerson(live().user)}.</>}</Show>
      </p>
      <Show when={newest() !== live().version}>
        <div class="grouping-offer">
          <p><b>{newest()} is here.</b> It groups by the path through your code, and leaves out ids, hosts and line numbers. See what it would change first.</p>
          <Show when={may('project:write')}><Button kind="primary" onClick={() => void upgrade()}>Preview {newest()}</Button></Show>
        </div>
      </Show>
      <Show when={back()}>
        {(rollback) => (
          <div class="grouping-offer">
            <p>
              Generation {rollback().generation.id} ({sayConfiguration(rollback().generation)}) was live before
              <Show when={rollback().generation.keepUntil}>{(until) => <>, and is kept until {formatTime(until())}</>}</Show>.
              <Show when={rollback().needsBuild}> It has to be built again first.</Show>
            </p>
            <div class="job-actions">
              <A class="btn" href={`/p/${props.project}/grouping/${rollback().generation.id}`}>See what it would change</A>
              <Show when={may('project:write')}><Button onClick={() => setAsking(true)}>Roll back…</Button></Show>
            </div>
            <Confirm
              open={asking()} title={`Roll back to generation ${rollback().generation.id}?`} action={`Roll back to ${rollback().generation.id}`} onClose={() => setAsking(false)}
              text={`Issues are again what ${sayConfiguration(rollback().generation)} makes of them, with everything that has arrived and was decided since. Links go on working. Nothing is deleted: generation ${live().id} can be brought back the same way.`}
              run={goBack}
            />
          </div>
        )}
      </Show>
    </section>
  )
}
