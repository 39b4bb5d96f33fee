// One section of the settings: a heading, fields, one Save. It says what is not saved yet, and asks before that is lost.

import { useBeforeLeave } from '@solidjs/router'
import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { Button } from '../../parts/basic/Button.tsx'
import { Confirm } from '../../parts/basic/Confirm.tsx'
import { FormError } from '../../parts/basic/FormError.tsx'
import type { Draft } from './draft.ts'

type Props<T extends object> = {
  title: string
  hint?: JSX.Element
  draft: Draft<T>
  /** What the button says: `Save limits`. */
  action: string
  /** Why one may only look; undefined = one may change it. */
  why: string | undefined
  children: JSX.Element
}

export function DraftForm<T extends object>(props: Props<T>): JSX.Element {
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    const form = event.currentTarget
    if (!(await props.draft.save())) queueMicrotask(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }
  return (
    <form class="section settings-form" aria-label={props.title} onSubmit={(event) => void submit(event)}>
      <h2>{props.title}</h2>
      <Show when={props.hint}>{(hint) => <p class="mt-1 max-w-[72ch] text-ink-2">{hint()}</p>}</Show>
      <fieldset class="mt-3 grid gap-4" disabled={props.why !== undefined}>
        {props.children}
      </fieldset>
      <div class="mt-3 max-w-160">
        <FormError failure={props.draft.failure()} />
      </div>
      <Show when={props.why === undefined} fallback={<p class="mt-4 text-ink-2">{props.why}</p>}>
        <div class="settings-foot" data-dirty={props.draft.isDirty()}>
          <Button kind={props.draft.isDirty() ? 'primary' : 'plain'} type="submit" disabled={props.draft.busy()}>
            {props.action}
          </Button>
          <Show when={props.draft.isDirty()}>
            <Button onClick={() => props.draft.reset()}>Discard</Button>
          </Show>
          <span class="text-ink-2" role="status">
            {props.draft.isDirty() ? 'Not saved yet' : ''}
          </span>
        </div>
        <Guard isDirty={() => props.draft.isDirty()} />
      </Show>
    </form>
  )
}

/** Asks before the page is left, by a link or by closing the tab. */
function Guard(props: { isDirty: () => boolean }): JSX.Element {
  const [leave, setLeave] = createSignal<(() => void) | null>(null)
  useBeforeLeave((event) => {
    if (event.defaultPrevented || !props.isDirty()) return
    event.preventDefault()
    setLeave(() => () => event.retry(true))
  })
  const warn = (event: BeforeUnloadEvent): void => {
    if (props.isDirty()) event.preventDefault()
  }
  onMount(() => addEventListener('beforeunload', warn))
  onCleanup(() => removeEventListener('beforeunload', warn))
  return (
    <Confirm
      open={leave() !== null}
      title="Leave without saving?"
      text="What you have changed here is lost."
      action="Leave"
      run={() => {
        leave()?.()
        return Promise.resolve()
      }}
      onClose={() => setLeave(null)}
    />
  )
}
