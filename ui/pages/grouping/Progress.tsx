// How far a generation is: a bar that never goes back within one build, and the same in words. Of an unknown total there
// is no percentage, but a count and a rate (B-05).

import { createMemo, Show } from 'solid-js'
import type { Generation } from '../../../core/contract/grouping.ts'
import { percentOf } from '../../parts/basic/percent.ts'
import { sayPhase, sayProgress } from './words.ts'

export function Progress(props: { generation: Generation }) {
  /** A build that begins anew is another phase, and may start at 0. */
  const phase = () => `${props.generation.id} ${props.generation.progress?.startedAt}`
  const shown = createMemo<{ phase: string; percent: number | null }>((before) => {
    const percent = percentOf(props.generation)
    const same = before.phase === phase()
    return { phase: phase(), percent: percent === null ? null : Math.max(percent, same ? (before.percent ?? 0) : 0) }
  }, { phase: '', percent: null })
  const percent = () => shown().percent
  const isStill = () => props.generation.state !== 'building'
  const words = () => [...(percent() === null ? [] : [`${percent()}%`]), ...(props.generation.state === 'queued' ? [] : [sayProgress(props.generation)])].join(' · ')
  return (
    <div class="progress" data-job data-pct={percent() ?? undefined}>
      <div
        class="progress-track" role="progressbar" aria-label={`Generation ${props.generation.id}`} aria-valuemin={percent() === null ? undefined : 0} aria-valuemax={percent() === null ? undefined : 100}
        aria-valuenow={percent() ?? undefined} aria-valuetext={words()} data-unknown={percent() === null} data-still={isStill()}
      >
        <div class="progress-bar" style={{ width: percent() === null ? (isStill() ? '0' : '30%') : `${percent()}%` }} />
      </div>
      <p class="progress-words"><span>{sayPhase(props.generation)}</span> <span class="meta">{words()}</span></p>
      <Show when={props.generation.progress?.error}>{(error) => <p class="field-error">{error()}</p>}</Show>
    </div>
  )
}
