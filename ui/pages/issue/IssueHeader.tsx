// What it is, how bad it is, and what can be done about it.

import { Show } from 'solid-js'
import type { Event } from '../../../core/contract/event.ts'
import type { Issue } from '../../../core/contract/issue.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { LevelGlyph } from '../../parts/basic/LevelGlyph.tsx'
import { StatusWord } from '../../parts/basic/StatusWord.tsx'
import { formatCount, formatExact } from '../../parts/basic/format.ts'
import { typeOf, valueOf } from '../../parts/basic/headline.ts'
import { LongText } from '../../parts/event/LongText.tsx'
import { Plain } from '../../parts/event/Plain.tsx'
import { TriageButtons } from '../../parts/triage/TriageButtons.tsx'
import type { Triage } from '../../parts/triage/useTriage.ts'
import { EventLinks } from './EventLinks.tsx'

/** `event`: the one that is shown. `readOnly`: the generation that is browsed. */
export function IssueHeader(props: { issue: Issue; backHref: string; event: Event | null; readOnly: string | null; room: Triage }) {
  return (
    <header class="issue-header spine" data-level={props.issue.level}>
      <div class="issue-header-text">
        <p class="issue-line">
          <a class="issue-back" href={props.backHref}>Issues</a> <span class="meta" aria-hidden="true">/</span> <span class="mono">{props.issue.shortId}</span>
          <StatusWord issue={props.issue} />
          <span class="issue-level"><LevelGlyph level={props.issue.level} label={false} /> {props.issue.level}</span>
          <Show when={props.issue.isUnhandled}><span class="tag">unhandled</span></Show>
          <Show when={props.issue.assignedTo}>{(who) => <span class="meta">assigned to <Plain text={who().name} limit={60} /></span>}</Show>
        </p>
        <h1><Plain text={typeOf(props.issue)} limit={300} /></h1>
        <Show when={valueOf(props.issue)}>{(text) => <p class="issue-value"><LongText text={text()} longest={360} lines={3} /></p>}</Show>
        <Show when={props.issue.culprit !== ''}><p class="issue-at"><Plain text={props.issue.culprit} limit={300} /></p></Show>
      </div>
      <dl class="issue-numbers">
        <div><dt>Events</dt><dd title={formatExact(Number(props.issue.count))}>{formatCount(Number(props.issue.count))}</dd></div>
        <div><dt>Users</dt><dd title={formatExact(props.issue.userCount)}>{formatCount(props.issue.userCount)}</dd></div>
        <div><dt>First</dt><dd><Ago time={props.issue.firstSeen} /></dd></div>
        <div><dt>Last</dt><dd><Ago time={props.issue.lastSeen} /></dd></div>
      </dl>
      <div class="issue-actions">
        <TriageButtons room={props.room} status={props.issue.status} count={1} keys />
        <span class="issue-actions-gap" />
        <div class="issue-links"><EventLinks issue={props.issue} event={props.event} generation={props.readOnly} /></div>
      </div>
    </header>
  )
}
