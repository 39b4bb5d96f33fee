// The triage state: always a glyph and a word (ui.md 3 and 8.2).

import { createMemo, type JSX } from 'solid-js'
import { statusName, type StatusName } from '../../../core/issue/status-name.ts'
import { sayStatus, type Stated } from './statusWords.ts'

const glyphs: Record<StatusName, string> = {
  new: 'M6 1.5v9M1.5 6h9',
  ongoing: 'M1.5 6h9',
  regressed: 'M4.5 1.5 1.5 4.5l3 3M1.5 4.5h6a3 3 0 0 1 0 6H5',
  escalating: 'M1 9.5 4.5 6 7 8.5 11 3.5M7.5 3.5H11V7',
  resolved: 'M1.5 6.5 4.5 9.5 10.5 2.5',
  archived: 'M1 2h10v2.5H1zM2 4.5V10h8V4.5M4.5 6.8h3',
}

export function StatusWord(props: { issue: Stated }): JSX.Element {
  const name = createMemo(() => statusName(props.issue))
  return (
    <span class="status" data-status={name()}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        <path d={glyphs[name()]} fill="none" stroke="currentColor" stroke-width="1.6" />
      </svg>
      {sayStatus(props.issue)}
    </span>
  )
}
