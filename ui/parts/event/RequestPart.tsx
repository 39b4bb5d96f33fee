// The request during which it happened, and the same as a curl command.

import { For, Show } from 'solid-js'
import type { Event } from '../../../core/contract/event.ts'
import { CopyButton } from '../basic/CopyButton.tsx'
import { Linked, Plain } from './Plain.tsx'
import { Section } from './Section.tsx'
import { Pairs, ValueTree } from './ValueTree.tsx'
import { addressOf, buildCurl } from './curl.ts'
import { entryOf } from './entries.ts'

export function RequestPart(props: { event: Event }) {
  return (
    <Show when={entryOf(props.event, 'request')}>
      {(request) => (
        <Section id="request" title="Request" actions={<Show when={buildCurl(request())}>{(command) => <CopyButton text={command()} label="Copy as curl" />}</Show>}>
          <p class="request-line"><b><Plain text={request().method ?? ''} limit={32} /></b> <Linked text={addressOf(request())} /><Show when={request().fragment}>{(text) => <span class="meta">#<Plain text={text()} limit={300} /></span>}</Show></p>
          <Show when={whyCut(props.event)}>{(why) => <p class="request-cut" role="note">The body is not whole: {why()} The curl command sends what is left.</p>}</Show>
          <For each={[['Query', request().query], ['Headers', request().headers], ['Cookies', request().cookies]] as const}>
            {([title, entries]) => <Show when={entries.length > 0}><h3 class="subhead">{title}</h3><Pairs entries={entries} bare /></Show>}
          </For>
          <Show when={request().data !== null && request().data !== undefined && request().data !== ''}>
            <h3 class="subhead">Body<Show when={request().inferredContentType}>{(type) => <span class="meta">, <Plain text={type()} limit={100} /></span>}</Show></h3>
            <div class="request-body"><ValueTree value={request().data} bare open /></div>
          </Show>
          <Show when={Object.keys(request().env).length > 0}><h3 class="subhead">Environment</h3><Pairs entries={Object.entries(request().env)} bare /></Show>
        </Section>
      )}
    </Show>
  )
}

/** Why the body is not as it was sent by the client of the failing program; null when nothing says so. */
function whyCut(event: Event): string | null {
  const note = event.errors.find(({ type, data }) => typeof data.name === 'string' && /^request\.data(?:\.|$)/.test(data.name) && ['value_too_long', 'sdk_shortened', 'sdk_removed'].includes(type))
  return note?.message ?? null
}
