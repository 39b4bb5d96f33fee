// One rule of the form: what it looks for, what it makes of it, and its place among the others.

import { For, Index, Show } from 'solid-js'
import type { RuleProblem } from '../../../core/contract/grouping.ts'
import { frameActions } from '../../../core/grouping/rules/reference.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { MatcherFields } from './MatcherFields.tsx'
import type { Row } from './blocks.ts'
import type { Hit } from './check.ts'
import type { Language } from './draft.ts'
import { sayHit } from './words.ts'

type RuleRowProps = {
  language: Language
  row: Row
  number: number
  of: number
  problem: RuleProblem | undefined
  hit: Hit | undefined
  onChange: (edit: (row: Row) => void) => void
  onMove: (step: 1 | -1) => void
  onDelete: () => void
  onDrag: (on: boolean) => void
}

export function RuleRow(props: RuleRowProps) {
  return (
    <>
      <div class="rule-row-order">
        <span class="rule-handle" draggable="true" title="Drag to another place" onDragStart={(event) => { event.dataTransfer?.setData('text/plain', String(props.number)); props.onDrag(true) }} onDragEnd={() => props.onDrag(false)}>
          <svg viewBox="0 0 8 14" width="8" height="14" aria-hidden="true"><path d="M1 2h2M5 2h2M1 7h2M5 7h2M1 12h2M5 12h2" stroke="currentColor" stroke-width="2" /></svg>
        </span>
        <span class="rule-number">{props.number}</span>
        <Button kind="quiet" aria-label={`Move rule ${props.number} up`} aria-disabled={props.number === 1} onClick={() => props.onMove(-1)}>↑</Button>
        <Button kind="quiet" aria-label={`Move rule ${props.number} down`} aria-disabled={props.number === props.of} onClick={() => props.onMove(1)}>↓</Button>
      </div>
      <div class="rule-row-fields">
        <Show when={props.row.raw !== null} fallback={<Fields {...props} />}>
          <input class="input mono" aria-label={`Rule ${props.number} as text`} aria-invalid="true" value={props.row.raw ?? ''} onChange={(event) => { const text = event.currentTarget.value; props.onChange((row) => { row.raw = text }) }} />
        </Show>
        <Show when={props.problem}>{(problem) => <p class="field-error">{problem().message}</p>}</Show>
      </div>
      <div class="rule-row-end">
        <Button kind="danger" class="rule-row-delete" aria-label={`Delete rule ${props.number}`} onClick={() => props.onDelete()}>Delete</Button>
        <Show when={props.hit}>{(hit) => <span class="meta">{sayHit(hit())}</span>}</Show>
      </div>
    </>
  )
}

function Fields(props: RuleRowProps) {
  return (
    <>
      <Index each={props.row.content.matchers}>
        {(matcher, index) => (
          <div class="rule-line">
            <span class="rule-word">{index === 0 ? 'If' : 'and'}</span>
            <MatcherFields language={props.language} matcher={matcher()} name={`Rule ${props.number}, condition ${index + 1}`} onChange={(next) => props.onChange((row) => { row.content.matchers[index] = next })} />
            <Show when={props.row.content.matchers.length > 1}>
              <Button kind="quiet" aria-label={`Remove condition ${index + 1} of rule ${props.number}`} onClick={() => props.onChange((row) => row.content.matchers.splice(index, 1))}>✕</Button>
            </Show>
          </div>
        )}
      </Index>
      <Button kind="quiet" class="rule-more" aria-label={`Add condition to rule ${props.number}`} onClick={() => props.onChange((row) => row.content.matchers.push({ negated: false, name: 'stack.function', glob: '' }))}>+ condition</Button>
      <Show when={props.language === 'rules'} fallback={<ActionField {...props} />}><Parts {...props} /></Show>
    </>
  )
}

function Parts(props: RuleRowProps) {
  return (
    <>
      <div class="rule-line">
        <span class="rule-word">then group by</span>
        <Index each={props.row.content.parts}>
          {(part, index) => (
            <span class="rule-part">
              <input class="input mono" list="rule-variables" aria-label={`Rule ${props.number}, part ${index + 1}`} value={part()} placeholder="a name, or {{ variable }}" onInput={(event) => { const text = event.currentTarget.value; props.onChange((row) => { row.content.parts[index] = text }) }} />
              <Show when={props.row.content.parts.length > 1}>
                <Button kind="quiet" aria-label={`Remove part ${index + 1} of rule ${props.number}`} onClick={() => props.onChange((row) => row.content.parts.splice(index, 1))}>✕</Button>
              </Show>
            </span>
          )}
        </Index>
        <Button kind="quiet" aria-label={`Add part to rule ${props.number}`} onClick={() => props.onChange((row) => row.content.parts.push(''))}>+ part</Button>
      </div>
      <label class="rule-line">
        <span class="rule-word">title</span>
        <input class="input rule-title" value={props.row.content.title} placeholder="as the event says" aria-label={`Rule ${props.number}, title`} onInput={(event) => { const text = event.currentTarget.value; props.onChange((row) => { row.content.title = text }) }} />
      </label>
    </>
  )
}

function ActionField(props: RuleRowProps) {
  return (
    <label class="rule-line">
      <span class="rule-word">then</span>
      <select class="input" aria-label={`Rule ${props.number}, what becomes of the frame`} onChange={(event) => { const chosen = frameActions.find(({ word }) => word === event.currentTarget.value); props.onChange((row) => { row.content.action = chosen?.action ?? 'app' }) }}>
        <For each={frameActions}>{({ word, action, description }) => <option value={word} selected={props.row.content.action === action}>{word}: {description}</option>}</For>
      </select>
    </label>
  )
}
