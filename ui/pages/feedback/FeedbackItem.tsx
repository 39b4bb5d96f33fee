// One thing a user wrote: who, when, the words, and where it belongs. All of it is a stranger's text.

import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import type { UserFeedback } from '../../../core/contract/intake.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { AttachmentList } from '../../parts/event/AttachmentList.tsx'
import { Linked, Plain } from '../../parts/event/Plain.tsx'

/** `linkTo`: on the issue's own page the event is what is new, elsewhere the issue. */
export function FeedbackItem(props: { feedback: UserFeedback; linkTo: 'issue' | 'event' }) {
  const writer = (): string => props.feedback.name || props.feedback.email || 'Somebody'
  return (
    <li>
      <p class="feedback-head">
        <b><Plain text={writer()} limit={128} /></b>
        <Show when={props.feedback.name !== '' && props.feedback.email !== ''}><span class="meta"><Plain text={props.feedback.email} limit={75} /></span></Show>
        <Ago class="meta" time={props.feedback.dateCreated} words />
      </p>
      <p class="comment"><Linked text={props.feedback.comments} /></p>
      <Show when={props.feedback.url !== ''}><p class="meta">on <Plain text={props.feedback.url} limit={300} /></p></Show>
      <Show when={props.feedback.attachments.length > 0}><AttachmentList files={props.feedback.attachments} /></Show>
      <Show when={props.feedback.issue} fallback={<Show when={props.feedback.eventID !== null}><p class="meta">Its event has not arrived.</p></Show>}>
        {(issue) => (
          <p>
            <A class="link inline-flex min-h-6 items-center" href={`/issues/${issue().shortId}/events/${props.feedback.eventID}`}>
              <Show when={props.linkTo === 'issue'} fallback="The event"><Plain text={`${issue().shortId} ${issue().title}`} limit={160} /></Show>
            </A>
          </p>
        )}
      </Show>
    </li>
  )
}
