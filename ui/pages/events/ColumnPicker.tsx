// The columns of the list of events, to be ticked: known ones first, then the tags of the issue.

import { For, createMemo } from 'solid-js'
import { Plain } from '../../parts/event/Plain.tsx'
import { areUsual, knownColumns, mostColumns, usualColumns } from './columns.ts'

export function ColumnPicker(props: { columns: readonly string[]; tags: readonly string[]; onChange: (columns: readonly string[]) => void }) {
  const offered = createMemo(() => [...new Set([...knownColumns, ...props.tags, ...props.columns])])
  const isFull = () => props.columns.length >= mostColumns
  const toggle = (column: string) => props.onChange(props.columns.includes(column) ? props.columns.filter((one) => one !== column) : [...props.columns, column])
  return (
    <fieldset class="column-picker">
      <legend class="sr-only">Columns, at most {mostColumns}</legend>
      <For each={offered()}>
        {(column) => (
          <label>
            <input type="checkbox" class="check" checked={props.columns.includes(column)} disabled={props.columns.includes(column) ? props.columns.length === 1 : isFull()} onChange={() => toggle(column)} />
            <Plain text={column} limit={60} />
          </label>
        )}
      </For>
      <button type="button" class="btn" data-kind="quiet" aria-disabled={areUsual(props.columns)} onClick={() => props.onChange(usualColumns)}>Usual columns</button>
    </fieldset>
  )
}
