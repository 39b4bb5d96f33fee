// One issue of the stream, two lines high. Live patches change its texts and attributes; no node is added or removed
// while it stands (S-10).

import { Show } from 'solid-js'
import type { Issue } from '../../../core/contract/issue.ts'
import { issueAddress, noFilter } from '../../data/eventFilter.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { LevelGlyph } from '../../parts/basic/LevelGlyph.tsx'
import { Sparkline } from '../../parts/basic/Sparkline.tsx'
import { StatusWord } from '../../parts/basic/StatusWord.tsx'
import { formatCount, formatExact } from '../../parts/basic/format.ts'
import { firstLine, typeOf, valueOf } from '../../parts/basic/headline.ts'
import { toVisible } from '../../parts/event/visible.ts'
import { whySkipped } from '../../parts/triage/skipped.ts'

export type RowProps = { issue: Issue; generation: string | null; environment: readonly string[]; index: number; top: number; isCursor: boolean; isSelected: boolean; onSelect: () => void; onPoint: (event: PointerEvent) => void }

export function IssueRow(props: RowProps) {
  const isHot = () => props.issue.substatus === 'regressed' || props.issue.substatus === 'escalating'
  return (
    <div
      class="issue-row spine" role="row" data-row data-id={props.issue.id} data-level={props.issue.level}
      aria-rowindex={props.index + 2} aria-current={props.isCursor ? 'true' : undefined} aria-selected={props.isSelected}
      style={{ transform: `translateY(${props.top}px)` }} onPointerMove={(event) => props.onPoint(event)}
    >
      <div role="cell" class="cell-select">
        <label class="select-box"><input type="checkbox" aria-label={`Select ${props.issue.shortId}`} checked={props.isSelected} onChange={() => props.onSelect()} /></label>
      </div>
      <div role="cell" class="cell-issue">
        <a class="issue-title" href={issueAddress(props.issue.shortId, '', { ...noFilter, environment: props.environment }, props.generation)}>
          <b>{toVisible(typeOf(props.issue), 200)}</b> <span>{toVisible(firstLine(valueOf(props.issue)), 300)}</span>
        </a>
        <div class="issue-meta">
          <LevelGlyph level={props.issue.level} />
          <span class="issue-short">{props.issue.shortId}</span>
          <StatusWord issue={props.issue} />
          <Show when={whySkipped(props.issue.id)}>{(why) => <span class="issue-skipped">skipped: {why()}</span>}</Show>
          <Show when={props.issue.isUnhandled}><span class="tag">unhandled</span></Show>
          <span class="issue-culprit">{toVisible(props.issue.culprit, 200)}</span>
        </div>
      </div>
      <div role="cell" class="cell-spark"><Sparkline series={props.issue.stats['24h']} hot={isHot()} /></div>
      <div role="cell" class="cell-num cell-events" title={formatExact(Number(props.issue.count))}>{formatCount(Number(props.issue.count))}</div>
      <div role="cell" class="cell-num cell-users" title={formatExact(props.issue.userCount)}>{formatCount(props.issue.userCount)}</div>
      <div role="cell" class="cell-num cell-age"><Ago time={props.issue.firstSeen} /></div>
      <div role="cell" class="cell-num cell-seen"><Ago time={props.issue.lastSeen} /></div>
      <div role="cell" class="cell-assignee">{props.issue.assignedTo === null ? '—' : toVisible(props.issue.assignedTo.name, 60)}</div>
    </div>
  )
}
