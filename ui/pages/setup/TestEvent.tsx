// An event without an application: the server makes one, and it takes the way of all others (P-05).

import { A } from '@solidjs/router'
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import type { Event } from '../../../core/contract/event.ts'
import type { CreatedSample } from '../../../core/contract/project.ts'
import { ApiFailure, read, request } from '../../data/api.ts'
import { may, projectPath } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'

/** Each try waits for the fold as long as the server lets it. */
const tries = 6

export function TestEvent(props: { project: string }): JSX.Element {
  const [state, setState] = createSignal<'idle' | 'sending' | { href: string } | { problem: string }>('idle')
  const href = (): string | undefined => {
    const now = state()
    return typeof now === 'object' && 'href' in now ? now.href : undefined
  }
  const problem = (): string | undefined => {
    const now = state()
    return typeof now === 'object' && 'problem' in now ? now.problem : undefined
  }
  const send = async (): Promise<void> => {
    setState('sending')
    try {
      const { eventID } = (await request<CreatedSample>('POST', projectPath(props.project, 'create-sample/'))).body
      const event = await readWhenThere(props.project, eventID)
      setState({ href: `/issues/${event.groupID}/events/${eventID}` })
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setState({ problem: error.message })
    }
  }
  return (
    <Show when={may('event:write')}>
      <div class="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button disabled={state() === 'sending'} onClick={() => void send()}>
          Send a test event
        </Button>
        <span role="status" class="text-ink-2">
          <Switch fallback="From the server itself, tagged test:true, to see what arriving looks like.">
            <Match when={state() === 'sending'}>On its way …</Match>
            <Match when={href()}>
              {(place) => (
                <>
                  The test event is there. <A class="link inline-flex min-h-6 items-center" href={place()}>Open the test event</A>
                </>
              )}
            </Match>
          </Switch>
        </span>
        <Show when={problem()}>{(text) => <p class="field-error" role="alert">It was not sent. {text()}</p>}</Show>
      </div>
    </Show>
  )
}

/** The read waits for the position of the write; a fold that is far behind needs more than one. */
async function readWhenThere(project: string, eventId: string): Promise<Event> {
  for (let left = tries; ; left--) {
    try {
      return await read<Event>(projectPath(project, `events/${eventId}/`))
    } catch (error) {
      if (left <= 1 || !(error instanceof ApiFailure) || error.status !== 503) throw error
    }
  }
}
