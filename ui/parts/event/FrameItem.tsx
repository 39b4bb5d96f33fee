// One frame of a stack trace: place and function, and when opened its source and variables.

import { Show } from 'solid-js'
import { Plain } from './Plain.tsx'
import { SourceLines } from './SourceLines.tsx'
import { Pairs } from './ValueTree.tsx'
import type { FrameRow } from './layout.ts'
import { describeFrame, listFacts, packageOf } from './place.ts'
import { toVisible } from './visible.ts'
import type { Verdict } from './why.ts'

/** `verdict`: whether the frame is part of the event's key, and why. */
type FrameProps = { row: FrameRow; platform: string; verdict: Verdict | undefined; open: boolean; showVariables: boolean; onToggle: () => void }

export function FrameItem(props: FrameProps) {
  const frame = () => props.row.frame
  const place = () => describeFrame(frame(), frame().platform ?? props.platform)
  // A click that ends a selection selects; it does not fold what was just selected. A key press always acts.
  const toggle = (event: MouseEvent & { currentTarget: HTMLButtonElement }) => {
    const selection = getSelection()
    if (event.detail === 0 || selection === null || selection.isCollapsed || !selection.containsNode(event.currentTarget, true)) props.onToggle()
  }
  return (
    <li class="frame" data-frame data-in-app={String(frame().inApp)}>
      <button type="button" class="frame-head" aria-expanded={props.open} onClick={toggle}>
        <svg class="chevron" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M4.5 2.5 8 6 4.5 9.5" fill="none" stroke="currentColor" stroke-width="1.6" /></svg>
        <span class="frame-place">
          <Show when={place().path !== ''}><span class="frame-path" title={toVisible(place().full, 1000)}><Plain text={place().path} /></span><span class="frame-position">{place().position}</span>{' '}<span class="frame-in">in</span>{' '}</Show>
          <span class="frame-function"><Plain text={place().function} limit={300} /></span>
          <Show when={props.row.repeats > 1}> <span class="frame-repeats" title={`${props.row.repeats} calls in a row`}>×{props.row.repeats}</span></Show>
        </span>
        <Show when={props.verdict?.used}><span class="frame-counts" title={`Part of the grouping: ${props.verdict?.reason}`}>✓ <span class="max-md:sr-only">grouped by</span></span></Show>
        <Show when={packageOf(frame())}>{(text) => <span class="frame-app mono"><Plain text={text()} limit={60} /></span>}</Show>
        <Show when={frame().inApp}><span class="frame-app">in app</span></Show>
      </button>
      <Show when={props.open}>
        <Show when={props.verdict}>{(verdict) => <p class="frame-verdict">{verdict().used ? 'Part of the grouping' : 'Not part of the grouping'}: {verdict().reason}<Show when={verdict().line}>{(line) => <>, frame rule in line {line()}</>}</Show></p>}</Show>
        <SourceLines frame={frame()} platform={frame().platform ?? props.platform} label={toVisible(`Source of ${place().path || place().function}`, 300)} />
        <Show when={listFacts(frame()).length > 0}><div class="frame-facts"><Pairs entries={listFacts(frame())} bare /></div></Show>
        <Show when={props.showVariables && frame().vars}>
          {(vars) => <div class="frame-variables" role="group" aria-label="Variables"><Pairs entries={Object.entries(vars())} bare={isPrinted(frame().platform ?? props.platform)} /></div>}
        </Show>
      </Show>
    </li>
  )
}

/** Python's SDK sends variables as `repr` text: quoting that again would double every quote. */
const isPrinted = (platform: string): boolean => platform === 'python'
