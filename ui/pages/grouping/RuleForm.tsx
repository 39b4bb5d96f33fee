// Rules as a form: one row per rule, in the order in which they are tried. Moved by drag, or by buttons that say where
// the rule now stands.

import { createEffect, createSignal, For, on, Show } from 'solid-js'
import { createStore, produce, unwrap } from 'solid-js/store'
import type { RuleProblem } from '../../../core/contract/grouping.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { RuleRow } from './RuleRow.tsx'
import { lineOf, newRow, readRows, type Row, type Rows, writeRows } from './blocks.ts'
import type { Hit } from './check.ts'
import type { Language } from './draft.ts'

type RuleFormProps = { language: Language; label: string; hint: string; text: string; problems: RuleProblem[]; hits: Hit[]; onInput: (text: string) => void }

export function RuleForm(props: RuleFormProps) {
  let list: HTMLOListElement | undefined
  const [state, setState] = createStore<Rows>({ rows: [], below: [] })
  const [said, setSaid] = createSignal('')
  const [dragged, setDragged] = createSignal<number | null>(null)
  const [target, setTarget] = createSignal<number | null>(null)
  // What was written here comes back as the text; anything else is a text from elsewhere.
  let written: string | null = null
  createEffect(on(() => props.text, (text) => {
    if (text !== written) setState(readRows(text, props.language))
  }))
  const change = (edit: (rows: Row[]) => void): void => {
    setState(produce((now) => edit(now.rows)))
    written = writeRows(unwrap(state), props.language)
    props.onInput(written)
  }
  const move = (from: number, to: number): void => {
    if (to < 0 || to >= state.rows.length || from === to) return
    const focused = document.activeElement
    change((rows) => rows.splice(to, 0, ...rows.splice(from, 1)))
    setSaid(`Rule ${from + 1} is now rule ${to + 1} of ${state.rows.length}`)
    // The row was taken out and put back, and the focus with it.
    if (focused instanceof HTMLElement && list?.contains(focused)) focused.focus()
  }
  const remove = (index: number): void => {
    change((rows) => rows.splice(index, 1))
    setSaid(`Rule ${index + 1} deleted`)
    list?.querySelectorAll<HTMLElement>('.rule-row-delete')[Math.min(index, state.rows.length - 1)]?.focus()
  }
  const add = (): void => {
    const row = newRow(props.language)
    change((rows) => rows.push(row))
    list?.lastElementChild?.querySelector<HTMLElement>('input')?.focus()
  }
  const drop = (): void => {
    const [from, to] = [dragged(), target()]
    setDragged(null)
    setTarget(null)
    if (from !== null && to !== null) move(from, to > from ? to - 1 : to)
  }
  const aim = (event: DragEvent & { currentTarget: HTMLElement }, index: number): void => {
    if (dragged() === null) return
    event.preventDefault()
    const { top, height } = event.currentTarget.getBoundingClientRect()
    setTarget(event.clientY > top + height / 2 ? index + 1 : index)
  }
  return (
    <div class="rule-form" role="group" aria-label={props.label}>
      <p class="legend">{props.label}</p>
      <p class="hint">{props.hint}</p>
      {/* oxlint-disable jsx-a11y/no-noninteractive-element-interactions -- dragging; the buttons of a row do the same */}
      <ol class="rule-rows" role="list" ref={(element) => (list = element)} onDrop={(event) => { event.preventDefault(); drop() }}>
        <For each={state.rows}>
          {(row, index) => {
            const line = () => lineOf(state.rows, index())
            const edit = (work: (row: Row) => void) => {
              const at = index()
              change((rows) => work(rows[at]!))
            }
            return (
              <li
                class="rule-row spine" data-rule={index() + 1} data-dragged={dragged() === index()} data-drop={target() === index() ? 'above' : target() === index() + 1 && index() === state.rows.length - 1 ? 'below' : undefined}
                onDragOver={(event) => aim(event, index())}
              >
                <RuleRow
                  language={props.language} row={row} number={index() + 1} of={state.rows.length} problem={props.problems.find((problem) => problem.line === line())} hit={props.hits.find((hit) => hit.line === line())}
                  onChange={edit} onMove={(step) => move(index(), index() + step)} onDelete={() => remove(index())}
                  onDrag={(on) => (on ? setDragged(index()) : drop())}
                />
              </li>
            )
          }}
        </For>
      </ol>
      {/* oxlint-enable jsx-a11y/no-noninteractive-element-interactions */}
      <Show when={state.rows.length === 0}><p class="rule-none">No rule yet.</p></Show>
      <Button onClick={add}>{props.language === 'rules' ? 'Add fingerprint rule' : 'Add frame rule'}</Button>
      <p class="sr-only" role="status">{said()}</p>
    </div>
  )
}
