// When: any time, the last so long, or between two times. Writes the fields of data/narrow.ts; whoever shows it puts them
// into the address.

import { Show, createSignal } from 'solid-js'
import { hasSpan, type Narrow } from '../../data/narrow.ts'
import { Button } from '../basic/Button.tsx'
import { Dialog } from '../basic/Dialog.tsx'
import { Field } from '../basic/Field.tsx'
import { Menu, MenuChoice, MenuItem, MenuRule } from '../basic/Menu.tsx'
import { ClearFilter } from './ClearFilter.tsx'
import { fromLocalField, periods, sayPeriod, toLocalField } from './period.ts'

type Span = Pick<Narrow, 'statsPeriod' | 'start' | 'end'>
const anyTime: Span = { statsPeriod: null, start: null, end: null }

export function PeriodPicker(props: { narrow: Span; onPick: (span: Span) => void }) {
  const [isAsking, setAsking] = createSignal(false)
  const isCustom = () => props.narrow.start !== null || props.narrow.end !== null
  return (
    <span class="btn-group">
      <Menu label={sayPeriod(props.narrow)} name={`Period: ${sayPeriod(props.narrow)}`}>
        <MenuChoice label="Seen" closes value={isCustom() ? 'custom' : (props.narrow.statsPeriod ?? '')} options={periods} onPick={(value) => props.onPick({ ...anyTime, statsPeriod: value === '' ? null : value })} />
        <MenuRule />
        <MenuItem onSelect={() => setAsking(true)}>Between two times…</MenuItem>
      </Menu>
      <Show when={hasSpan(props.narrow)}><ClearFilter name={`Clear period: ${sayPeriod(props.narrow)}`} onClear={() => props.onPick(anyTime)} /></Show>
      <Dialog open={isAsking()} title="Between two times" onClose={() => setAsking(false)}>
        <SpanForm span={props.narrow} onPick={(span) => { setAsking(false); props.onPick(span) }} onClose={() => setAsking(false)} />
      </Dialog>
    </span>
  )
}

function SpanForm(props: { span: Span; onPick: (span: Span) => void; onClose: () => void }) {
  let from: HTMLInputElement | undefined
  let until: HTMLInputElement | undefined
  const [wrong, setWrong] = createSignal<string>()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const [start, end] = [fromLocalField(from?.value ?? ''), fromLocalField(until?.value ?? '')]
    setWrong(start === null && end === null ? 'Enter a start or an end.' : start !== null && end !== null && start >= end ? 'The end must come after the start.' : undefined)
    if (wrong() === undefined) props.onPick({ statsPeriod: null, start, end })
    else from?.focus()
  }
  return (
    <form class="mt-3 grid gap-3" onSubmit={submit}>
      <Field label="From" error={wrong()}>
        {(ids) => <input class="input" type="datetime-local" max="9999-12-31T23:59" ref={(element) => (from = element)} {...ids} value={toLocalField(props.span.start)} />}
      </Field>
      <Field label="Until" hint={`By the clock of this device: ${Intl.DateTimeFormat().resolvedOptions().timeZone}. Either may stay empty.`}>
        {(ids) => <input class="input" type="datetime-local" max="9999-12-31T23:59" ref={(element) => (until = element)} {...ids} value={toLocalField(props.span.end)} />}
      </Field>
      <div class="dialog-actions">
        <Button kind="primary" type="submit">Show</Button>
        <Button onClick={() => props.onClose()}>Cancel</Button>
      </div>
    </form>
  )
}
