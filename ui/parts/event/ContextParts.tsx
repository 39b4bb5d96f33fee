// Who and where: the user, the contexts, the tags of this event; and, closed, what few read.

import { For, Show } from 'solid-js'
import type { Event } from '../../../core/contract/event.ts'
import { ImagesPart } from './ImagesPart.tsx'
import { NotesPart } from './NotesPart.tsx'
import { Linked, Plain } from './Plain.tsx'
import { ClosedSection, Section } from './Section.tsx'
import { Pairs } from './ValueTree.tsx'
import { describeSurroundings } from './surroundings.ts'

export function UserPart(props: { event: Event }) {
  const fields = (): [string, unknown][] => {
    const user = props.event.user
    if (user === null) return []
    const named: [string, unknown][] = [['id', user.id], ['email', user.email], ['username', user.username], ['name', user.name], ['ip address', user.ip_address]]
    return [...named.filter(([, value]) => value !== null), ...Object.entries(user.data)]
  }
  return <Show when={fields().length > 0}><Section id="user" title="User"><Pairs entries={fields()} bare /></Section></Show>
}

export function ContextsPart(props: { event: Event }) {
  const contexts = () => Object.entries(props.event.contexts).map(([name, fields]) => [name, Object.entries(fields).filter(([key]) => key !== 'type')] as const).filter(([, fields]) => fields.length > 0)
  return (
    <Show when={contexts().length > 0}>
      <Section id="contexts" title="Contexts">
        <Show when={describeSurroundings(props.event)}>{(line) => <p class="surroundings"><Plain text={line()} limit={500} /></p>}</Show>
        <div class="contexts">
          <For each={contexts()}>{([name, fields]) => <div><h3 class="subhead"><Plain text={name} limit={128} /></h3><Pairs entries={fields} bare /></div>}</For>
        </div>
      </Section>
    </Show>
  )
}

export function TagsPart(props: { event: Event }) {
  return (
    <Show when={props.event.tags.length > 0}>
      <Section id="tags" title="Tags of this event">
        <ul class="tags" role="list">
          <For each={props.event.tags}>
            {(tag) => <li><span class="tag-key"><Plain text={tag.key} limit={200} /></span> <span class="tag-value"><Linked text={tag.value} /></span></li>}
          </For>
        </ul>
      </Section>
    </Show>
  )
}

export function MoreParts(props: { event: Event }) {
  const count = (value: object) => Object.keys(value).length
  return (
    <>
      <Show when={count(props.event.context) > 0}><ClosedSection id="extra" title="Extra" note={String(count(props.event.context))}><Pairs entries={Object.entries(props.event.context)} bare={props.event.platform === 'python'} /></ClosedSection></Show>
      <Show when={count(props.event.packages) > 0}><ClosedSection id="modules" title="Modules" note={String(count(props.event.packages))}><Pairs entries={Object.entries(props.event.packages)} bare /></ClosedSection></Show>
      <ImagesPart event={props.event} />
      <NotesPart event={props.event} />
      <ClosedSection id="event" title="Event and SDK"><Pairs entries={factsOf(props.event)} bare /></ClosedSection>
    </>
  )
}

function factsOf(event: Event): [string, unknown][] {
  const facts: [string, unknown][] = [
    ['id', event.eventID], ['received', event.dateReceived], ['platform', event.platform], ['SDK', event.sdk === null ? null : `${event.sdk.name} ${event.sdk.version}`],
    ['logger', event.logger], ['transaction', event.transaction], ['distribution', event.dist], ['size', `${event.size.toLocaleString('en')} bytes`], ['log position', event.refold.position],
  ]
  return facts.filter(([, value]) => value !== null)
}
