// The place in a template that failed to render, beside the stack of the code that rendered it.

import { Show } from 'solid-js'
import type { Event } from '../../../core/contract/event.ts'
import { Section } from './Section.tsx'
import { StackFrames } from './StackFrames.tsx'
import { entryOf } from './entries.ts'

export function TemplatePart(props: { event: Event }) {
  const trace = () => {
    const place = entryOf(props.event, 'template')
    return place && { frames: [place], framesOmitted: null }
  }
  return <Show when={trace()}>{(shown) => <Section id="template" title="Template"><StackFrames trace={shown()} platform={props.event.platform} all showVariables={false} /></Section>}</Show>
}
