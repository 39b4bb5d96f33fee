// One event, from its stack trace down. Built anew for each event, so that nothing opened in one stays open in another.

import { Show } from 'solid-js'
import type { Event } from '../../../core/contract/event.ts'
import { AttachmentList } from '../../parts/event/AttachmentList.tsx'
import { Breadcrumbs } from '../../parts/event/Breadcrumbs.tsx'
import { ContextsPart, MoreParts, TagsPart, UserPart } from '../../parts/event/ContextParts.tsx'
import { Linked } from '../../parts/event/Plain.tsx'
import { RequestPart } from '../../parts/event/RequestPart.tsx'
import { Section } from '../../parts/event/Section.tsx'
import { StackSection, hasStack } from '../../parts/event/StackSection.tsx'
import { TemplatePart } from '../../parts/event/TemplatePart.tsx'
import { entryOf } from '../../parts/event/entries.ts'

export function EventBody(props: { event: Event }) {
  return (
    <div data-event={props.event.eventID}>
      <Show when={messageOf(props.event)}>{(text) => <Section id="message" title="Message"><p class="event-message"><Linked text={text()} /></p></Section>}</Show>
      <Show when={hasStack(props.event.entries)}><StackSection event={props.event} /></Show>
      <TemplatePart event={props.event} />
      <Breadcrumbs event={props.event} />
      <RequestPart event={props.event} />
      <UserPart event={props.event} />
      <ContextsPart event={props.event} />
      <TagsPart event={props.event} />
      <Show when={props.event.refold.attachments.length > 0}><Section id="attachments" title="Attachments"><AttachmentList files={props.event.refold.attachments} /></Section></Show>
      <MoreParts event={props.event} />
    </div>
  )
}

/** The log message; of an exception only when it says something the exception does not. */
function messageOf(event: Event): string | null {
  const text = entryOf(event, 'message')?.formatted ?? ''
  return text === '' ? null : text
}
