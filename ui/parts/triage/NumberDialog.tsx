// How many more events or users it takes until an archived issue is open again.

import { createSignal, For } from 'solid-js'
import type { Issue } from '../../../core/contract/issue.ts'
import { Button } from '../basic/Button.tsx'
import { Dialog } from '../basic/Dialog.tsx'
import { Field } from '../basic/Field.tsx'
import { formatExact } from '../basic/format.ts'
import { nameIssues } from './decide.ts'
import { archiveUntil, type Counted } from './decisions.ts'
import type { Triage } from './useTriage.ts'

const presets = [10, 100, 1000, 10_000]
const most = 1_000_000_000

export function NumberDialog(props: { room: Triage; what: Counted; issues: Issue[] }) {
  const [text, setText] = createSignal('100')
  const [error, setError] = createSignal<string>()
  const submit = (): void => {
    const count = Number(text().trim())
    if (Number.isInteger(count) && count >= 1 && count <= most) props.room.answer(archiveUntil(count, props.what))
    else setError('Enter a whole number, at least 1.')
  }
  return (
    <Dialog open title={`Archive ${nameIssues(props.issues)} until more ${props.what}`} onClose={props.room.close}>
      <form class="number-form" onSubmit={(event) => { event.preventDefault(); submit() }}>
        <Field label={`More ${props.what}`} hint="Counted from now on." error={error()}>
          {(ids) => <input {...ids} class="input" inputmode="numeric" autocomplete="off" autofocus value={text()} onFocus={(event) => event.currentTarget.select()} onInput={(event) => setText(event.currentTarget.value)} />}
        </Field>
        <div class="number-presets">
          <For each={presets}>{(count) => <Button pressed={text() === String(count)} onClick={() => setText(String(count))}>{formatExact(count)}</Button>}</For>
        </div>
        <div class="dialog-actions"><Button kind="primary" type="submit">Archive</Button><Button onClick={() => props.room.close()}>Cancel</Button></div>
      </form>
    </Dialog>
  )
}
