// The two fields that the forms of the settings are made of, beside plain inputs: a switch with its hint, and a list with one entry a
// line.

import { type JSX, Show } from 'solid-js'
import { Field } from '../../parts/basic/Field.tsx'

export function SwitchField(props: { label: string; hint?: string | undefined; on: boolean; disabled?: boolean; onChange: (on: boolean) => void }): JSX.Element {
  return (
    <label class="switch">
      <input class="check" type="checkbox" checked={props.on} disabled={props.disabled} onChange={(event) => props.onChange(event.currentTarget.checked)} />
      <span>
        {props.label} <Show when={props.hint}>{(hint) => <span class="hint block">{hint()}</span>}</Show>
      </span>
    </label>
  )
}

export function LinesField(props: { label: string; hint: string; text: string; placeholder?: string; error: string | undefined; onChange: (text: string) => void }): JSX.Element {
  const rows = (): number => Math.min(10, Math.max(2, props.text.split('\n').length + 1))
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(ids) => (
        <textarea {...ids} class="input mono" rows={rows()} placeholder={props.placeholder} spellcheck={false} autocomplete="off" value={props.text} onInput={(event) => props.onChange(event.currentTarget.value)} />
      )}
    </Field>
  )
}

/** Lines that are not empty, without space around them. */
export const readLines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
