// The binaries of the failing process, and the source maps that its files name: which build it was, and what symbols to
// look for.

import { For, Show } from 'solid-js'
import type { DebugImage, Event } from '../../../core/contract/event.ts'
import { Plain } from './Plain.tsx'
import { ClosedSection } from './Section.tsx'
import { entryOf } from './entries.ts'

export function ImagesPart(props: { event: Event }) {
  return (
    <Show when={entryOf(props.event, 'debugmeta')}>
      {(meta) => (
        <ClosedSection id="images" title="Debug images" note={String(meta().images.length)}>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard */}
          <div class="images" role="group" aria-label="Debug images" tabindex="0">
            <table>
              <thead><tr><th scope="col">File</th><th scope="col">Debug id</th><th scope="col">Address</th><th scope="col">Kind</th></tr></thead>
              <tbody>
                <For each={meta().images}>
                  {(image) => (
                    <tr>
                      <td><Plain text={image.code_file ?? image.debug_file ?? '–'} limit={300} /></td>
                      <td><Plain text={image.debug_id ?? image.code_id ?? '–'} limit={128} /></td>
                      <td>{rangeOf(image)}</td>
                      <td><Plain text={[image.type, image.arch].filter((part) => part !== null).join(', ')} limit={80} /></td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </div>
        </ClosedSection>
      )}
    </Show>
  )
}

function rangeOf({ image_addr: address, image_size: size }: DebugImage): string {
  if (address === null) return '–'
  return size === null ? address : `${address}–0x${(BigInt(address) + BigInt(size)).toString(16)}`
}
