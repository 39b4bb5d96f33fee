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
        <Section title="Request" actions={<CopyButton text={buildCurl(request())} label="Copy as curl" />}>
          <p class="request-line"><b><Plain text={request().method ?? ''} limit={32} /></b> <Linked text={addressOf(request())} /></p>
          <For each={[['Query', request().query], ['Headers', request().headers], ['Cookies', request().cookies], ['Environment', Object.entries(request().env)]] as const}>
            {([title, entries]) => <Show when={entries.length > 0}><h3 class="subhead">{title}</h3><Pairs entries={entries} bare /></Show>}
          </For>
          <Show when={request().data !== null && request().data !== undefined && request().data !== ''}>
            <h3 class="subhead">Body</h3>
            <div class="request-body"><ValueTree value={request().data} bare /></div>
          </Show>
        </Section>
      )}
    </Show>
  )
}
