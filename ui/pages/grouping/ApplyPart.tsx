// Applying a candidate: the numbers on the button, the reason where it cannot be, and what to do when the preview is old.

import { useNavigate } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { Diff, Generation } from '../../../core/contract/grouping.ts'
import { ApiFailure } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { changeGenerations } from '../../data/grouping.ts'
import { may } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { formatExact, formatNumber } from '../../parts/basic/format.ts'
import { applyGeneration } from './apply.ts'
import { changesNothing, sayChanges } from './summary.ts'
import { cannotGroup } from './words.ts'

type ApplyProps = { project: string; generation: Generation; diff: Diff; accepted: ReadonlySet<string>; isUnderWay: boolean }

export function ApplyPart(props: ApplyProps) {
  const navigate = useNavigate()
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<ApiFailure | null>(null)
  const isOld = () => failure()?.code === 'previewStale'
  /** Why not, as a sentence. */
  const blocked = (): string | null => {
    if (!may('project:write')) return cannotGroup
    const { complete, token, summary, conflicts } = props.diff
    const open = conflicts.filter(({ id }) => !props.accepted.has(id)).length
    if (props.generation.state === 'failed') return 'It could not be built, so there is no preview to apply.'
    if (props.generation.state === 'retired' && !complete) return 'It has to be built again first. “Roll back” on the grouping page does that.'
    if (props.isUnderWay || !complete || token === null) return 'The preview is not complete: it is still being built.'
    if (summary.parked > summary.liveParked) return `It would set ${formatNumber(summary.parked - summary.liveParked, 'event')} aside that the live generation could read.`
    return open > 0 ? `${formatNumber(open, 'conflict')} ${open === 1 ? 'is' : 'are'} not accepted.` : null
  }
  const effect = (): string => (changesNothing(props.diff.summary) ? 'nothing will change for stored events' : sayChanges(props.diff.summary).join(', '))
  const apply = async (): Promise<void> => {
    if (blocked() !== null || busy()) return
    setBusy(true)
    setFailure(null)
    const { project, generation, diff } = props
    try {
      await applyGeneration(project, generation.id, diff.token!, diff.conflicts.map(({ id }) => id).filter((id) => props.accepted.has(id)))
      navigate(`/p/${project}/grouping`)
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const again = async (): Promise<void> => {
    const { project, generation } = props
    setFailure(null)
    // Newer rules make another generation; where only the issues have changed this one is compared anew.
    try {
      const { body: next } = await changeGenerations<Generation>(project, 'POST', '', { version: generation.version })
      navigate(`/p/${project}/grouping/${next.id}`)
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setFailure(error)
    }
    await client.invalidateQueries({ queryKey: ['diff', project] })
  }
  return (
    <section class="section apply" aria-label="Apply">
      <Show when={failure()}>
        {(why) => (
          <div class="notice" data-kind="warning" role="alert">
            <p><strong>{isOld() ? 'Preview is out of date.' : 'Not applied.'}</strong> {isOld() ? 'Rules or issues have changed since.' : why().message}</p>
            <Show when={isOld()}><Button onClick={() => void again()}>Build the preview again</Button></Show>
          </div>
        )}
      </Show>
      <div class="apply-line">
        <Button kind="primary" aria-disabled={busy() || blocked() !== null} aria-describedby="apply-why" onClick={() => void apply()}>Apply: {effect()}</Button>
        <p id="apply-why" class="text-ink-2">{blocked() ?? `${formatExact(props.diff.summary.events)} events, no link, comment or decision is lost. It can be rolled back.`}</p>
      </div>
    </section>
  )
}
