// One generation that is not applied: what it is, how far it is, and what can be done about it.

import { A } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { Generation } from '../../../core/contract/grouping.ts'
import { sayFailure } from '../../data/failure.ts'
import { changeGenerations } from '../../data/grouping.ts'
import { may } from '../../data/session.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { Button } from '../../parts/basic/Button.tsx'
import { Confirm } from '../../parts/basic/Confirm.tsx'
import { showToast } from '../../parts/basic/Toast.tsx'
import { formatNumber } from '../../parts/basic/format.ts'
import { Progress } from './Progress.tsx'
import { isUnderWay, sayConfiguration, sayPerson, stateWords } from './words.ts'

/** `link`: leads to its preview, where this is not already it. */
export function Job(props: { project: string; generation: Generation; link?: boolean; onSaid: (text: string) => void; onGone?: () => void }) {
  const [asking, setAsking] = createSignal(false)
  const one = () => props.generation
  const underWay = () => isUnderWay(one())
  const pause = async (paused: boolean): Promise<void> => {
    try {
      await changeGenerations(props.project, 'PUT', `${one().id}/`, { paused })
    } catch (error) {
      showToast({ kind: 'error', text: `Generation ${one().id} was not ${paused ? 'paused' : 'resumed'}. ${sayFailure(error)}`, action: { label: 'Retry', run: () => void pause(paused) } })
    }
  }
  const discard = async (): Promise<void> => {
    const { id, progress } = one()
    await changeGenerations(props.project, 'DELETE', `${id}/`)
    props.onSaid(`Generation ${id} was thrown away${progress === null ? '' : `, and with it what it had read of ${formatNumber(progress.done, 'event')}`}. The live generation is as it was.`)
    props.onGone?.()
  }
  return (
    <div class="job spine" data-state={one().state} data-generation={one().id}>
      <div class="job-head">
        <p>
          <Show when={props.link} fallback={<b>Generation {one().id}</b>}><A class="link job-link" href={`/p/${props.project}/grouping/${one().id}`}>Generation {one().id}</A></Show>{' '}
          <span class="tag">{stateWords[one().state]}</span> <span class="text-ink-2">{sayConfiguration(one())}</span>{' '}
          <span class="meta">asked for by {sayPerson(one().user)} <Ago time={one().dateCreated} words /></span>
          <Show when={one().thenApply}> <span class="meta">· live by itself when it is built</span></Show>
        </p>
        <Show when={may('project:write')}><div class="job-actions">
          <Show when={one().state === 'building' || one().state === 'queued'}><Button onClick={() => void pause(true)}>Pause</Button></Show>
          <Show when={one().state === 'paused'}><Button onClick={() => void pause(false)}>Resume</Button></Show>
          <Button kind="danger" onClick={() => setAsking(true)}>{underWay() ? 'Cancel' : 'Discard'}</Button>
        </div></Show>
      </div>
      <Show when={one().state !== 'candidate' && one().state !== 'retired'}><Progress generation={one()} /></Show>
      <Confirm
        open={asking()} title={`${underWay() ? 'Cancel' : 'Discard'} generation ${one().id}?`} action={`Throw generation ${one().id} away`} onClose={() => setAsking(false)} run={discard}
        text={`${one().state === 'retired' ? 'Rolling back to it then needs another build.' : 'What it has read so far is thrown away.'} The live generation, the rules and every issue stay as they are, and it can be built again.`}
      />
    </div>
  )
}
