// Rules as text: line numbers at the left, what each line hits at the right, and a mark under the place that cannot be
// read. A plain textarea, so that undo, paste and screen readers work as everywhere.

import { createUniqueId, createSignal, For, Index, Show } from 'solid-js'
import type { RuleProblem } from '../../../core/contract/grouping.ts'
import type { Hit } from './check.ts'
import { sayHit } from './words.ts'

/** Of the text area, in px: grouping.css has the same. */
const lineHeight = 20

type RuleTextProps = { label: string; hint: string; placeholder: string; text: string; problems: RuleProblem[]; hits: Hit[]; onInput: (text: string) => void }

export function RuleText(props: RuleTextProps) {
  let area: HTMLTextAreaElement | undefined
  const id = createUniqueId()
  const [scrolled, setScrolled] = createSignal(0)
  const lines = () => props.text.split('\n')
  const isBad = (line: number) => props.problems.some((problem) => problem.line === line)
  const top = (line: number) => `${(line - 1) * lineHeight}px`
  /** From the column to the end of its word. */
  const width = ({ line, column }: RuleProblem) => Math.max(1, /^\S*/.exec((lines()[line - 1] ?? '').slice(column - 1))?.[0].length ?? 1)
  const goTo = ({ line, column }: RuleProblem) => {
    const at = lines().slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1
    area?.focus()
    area?.setSelectionRange(at, at)
  }
  return (
    <div class="rule-text">
      <label class="legend" for={id}>{props.label}</label>
      <p class="hint" id={`${id}-hint`}>{props.hint}</p>
      <div class="rule-box" data-invalid={props.problems.length > 0}>
        <ol class="rule-gutter" aria-hidden="true"><Index each={lines()}>{(_, index) => <li data-bad={isBad(index + 1)}>{index + 1}</li>}</Index></ol>
        <div class="rule-area">
          <textarea
            id={id} ref={(element) => (area = element)} wrap="off" rows={Math.max(3, lines().length)} spellcheck={false} autocomplete="off" autocapitalize="off"
            placeholder={props.placeholder} value={props.text} aria-invalid={props.problems.length > 0 ? 'true' : undefined} aria-describedby={`${id}-hint ${id}-problems`}
            onInput={(event) => props.onInput(event.currentTarget.value)} onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
          />
          <div class="rule-marks" aria-hidden="true"><div style={{ transform: `translateX(${-scrolled()}px)` }}>
            <For each={props.problems}>{(problem) => <span style={{ top: top(problem.line), left: `${problem.column - 1}ch`, width: `${width(problem)}ch` }} />}</For>
          </div></div>
        </div>
        <ol class="rule-hits" role="list" aria-label={`What each line of the ${props.label.toLowerCase()} hits`}>
          <For each={props.hits}>{(hit) => <li data-none={hit.events === 0} style={{ top: top(hit.line) }}><span class="rule-hit-line">Line {hit.line}: </span>{sayHit(hit)}</li>}</For>
        </ol>
      </div>
      <ul class="rule-problems" role="list" id={`${id}-problems`}>
        <For each={props.problems}>
          {(problem) => <li><button type="button" onClick={() => goTo(problem)}>Line {problem.line}, column {problem.column}</button> <Show when={problem.message}>{(text) => <span>{text()}</span>}</Show></li>}
        </For>
      </ul>
    </div>
  )
}
