// The rules as they stand in the form, saved or not, tried on an event: what comes out, each change with its reason (T-02).

import { createEffect, createMemo, createSignal, For, type JSX, on, onCleanup, Show } from 'solid-js'
import type { Scrubbed, ScrubbingTest as Body } from '../../../core/contract/scrubbing.ts'
import { ApiFailure, request } from '../../data/api.ts'
import { projectPath } from '../../data/session.ts'
import { Field } from '../../parts/basic/Field.tsx'
import { formatNumber } from '../../parts/basic/format.ts'
import { toVisible } from '../../parts/event/visible.ts'
import { listLines } from './scrubLines.ts'
import { sampleSecrets } from './sampleSecrets.ts'

type Props = { project: string; hasEvents: boolean; settings: NonNullable<Body['settings']> }
const pauseMs = 300
/** As much as the API takes. */
const mostText = 900_000

export function ScrubbingTest(props: Props): JSX.Element {
  const [isNewest, setNewest] = createSignal(false)
  const [text, setText] = createSignal(sampleSecrets)
  const [result, setResult] = createSignal<Scrubbed | null>(null)
  const [problem, setProblem] = createSignal<string>()
  const parsed = createMemo((): { event: unknown } | { problem: string } | null => (isNewest() ? null : readJson(text())))

  let latest: AbortController | undefined
  const run = async (): Promise<void> => {
    latest?.abort()
    const mine = (latest = new AbortController())
    const input = parsed()
    if (input !== null && 'problem' in input) return
    const { dataScrubber, dataScrubberDefaults, sensitiveFields, safeFields, scrubPatterns, scrubIPAddresses } = props.settings
    const body: Body = { ...input, settings: { dataScrubber, dataScrubberDefaults, sensitiveFields, safeFields, scrubPatterns, scrubIPAddresses } }
    try {
      const answer = await request<Scrubbed>('POST', projectPath(props.project, 'scrubbing/test/'), { body, signal: mine.signal })
      setResult(answer.body)
      setProblem(undefined)
    } catch (error) {
      if (mine.signal.aborted) return
      setProblem(error instanceof ApiFailure ? error.message : String(error))
    }
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  createEffect(
    on([() => JSON.stringify(props.settings), parsed], () => {
      clearTimeout(timer)
      timer = setTimeout(() => void run(), pauseMs)
    }),
  )
  onCleanup(() => {
    clearTimeout(timer)
    latest?.abort()
  })
  const inputProblem = (): string | undefined => {
    const input = parsed()
    return input !== null && 'problem' in input ? input.problem : undefined
  }

  return (
    <section class="section" aria-labelledby="try-rules">
      <h2 id="try-rules">Try it</h2>
      <p class="mt-1 max-w-[72ch] text-ink-2">The rules above as they stand there, saved or not, on one event. Nothing is stored.</p>
      <fieldset class="mt-2 flex flex-wrap gap-x-4">
        <legend class="sr-only">On which event</legend>
        <For each={[false, true]}>
          {(newest) => (
            <label class="flex min-h-6 items-center gap-2">
              <input class="check" type="radio" name="source" checked={isNewest() === newest} disabled={newest && !props.hasEvents} onChange={() => setNewest(newest)} />
              {newest ? `The newest event${props.hasEvents ? '' : ' (there is none yet)'}` : 'What I paste'}
            </label>
          )}
        </For>
      </fieldset>
      <div class="mt-3 grid gap-4 xl:grid-cols-2" classList={{ 'xl:grid-cols-1': isNewest() }}>
        <Show when={!isNewest()}>
          <Field label="Event" hint="JSON as an SDK sends it." error={inputProblem()}>
            {(ids) => <textarea {...ids} class="input mono" rows="20" spellcheck={false} autocomplete="off" value={text()} onInput={(event) => setText(event.currentTarget.value)} />}
          </Field>
        </Show>
        <div class="min-w-0" aria-busy={result() === null}>
          <div class="flex flex-wrap justify-between gap-x-4">
            <h3 class="font-semibold">What is left</h3>
            <p role="status" class="text-ink-2">{result() === null ? '' : sayRemoved(result()!)}</p>
          </div>
          <Show when={problem()}>{(said) => <p class="field-error my-1" role="alert">{said()}</p>}</Show>
          <Show when={result()}>{(found) => <Lines found={found()} />}</Show>
        </div>
      </div>
    </section>
  )
}

function Lines(props: { found: Scrubbed }): JSX.Element {
  const shown = createMemo(() => listLines(props.found))
  return (
    <>
      <ol class="json-lines mt-1" role="list" aria-label="The event as it would be shown">
        <For each={shown().lines}>
          {(line) => (
            <li data-removed={line.why === null ? undefined : ''}>
              <span class="min-w-0 wrap-anywhere">{toVisible(line.text)}</span>
              <Show when={line.why}>{(why) => <span class="why">{why()}</span>}</Show>
            </li>
          )}
        </For>
      </ol>
      <Show when={shown().isCut}><p class="hint mt-1">Only the first 2,000 lines are shown.</p></Show>
      <Show when={props.found.removed.some(({ onlySaved }) => onlySaved)}>
        <p class="hint mt-1">What the saved rules hide in a stored event stays hidden here, also where the ones above would show it.</p>
      </Show>
    </>
  )
}

const sayRemoved = ({ removed }: Scrubbed): string => (removed.length === 0 ? 'Nothing is removed' : `${formatNumber(removed.length, 'place')} removed`)

function readJson(text: string): { event: unknown } | { problem: string } {
  if (text.length > mostText) return { problem: 'At most 900 kB.' }
  try {
    const event: unknown = JSON.parse(text)
    return typeof event === 'object' && event !== null && !Array.isArray(event) ? { event } : { problem: 'Paste one event: a JSON object.' }
  } catch (error) {
    return { problem: `This is no JSON yet. ${error instanceof Error ? error.message : ''}` }
  }
}
