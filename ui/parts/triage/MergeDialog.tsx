// With which other issue the one of the page is merged.

import { createSignal } from 'solid-js'
import type { Issue } from '../../../core/contract/issue.ts'
import type { FoundShortId } from '../../../core/contract/lookup.ts'
import { ApiFailure, read } from '../../data/api.ts'
import { sayFailure } from '../../data/failure.ts'
import { orgPath } from '../../data/session.ts'
import { Button } from '../basic/Button.tsx'
import { Dialog } from '../basic/Dialog.tsx'
import { Field } from '../basic/Field.tsx'
import { mergeIssues } from './merge.ts'
import type { Triage } from './useTriage.ts'

export function MergeDialog(props: { room: Triage; issue: Issue }) {
  const [text, setText] = createSignal('')
  const [error, setError] = createSignal<string>()
  const submit = async (): Promise<void> => {
    const name = text().trim().toUpperCase()
    if (name === '') return void setError('Enter the short id of the other issue.')
    try {
      const { group } = await read<FoundShortId>(orgPath(`shortids/${encodeURIComponent(name)}/`))
      // Called off meanwhile, or sent twice.
      if (props.room.asked()?.kind !== 'merge') return
      if (group.id === props.issue.id) return void setError('That is this issue.')
      if (group.project.id !== props.issue.project.id) return void setError('Issues of several projects cannot be merged.')
      props.room.close()
      await mergeIssues([props.issue, group])
    } catch (failure) {
      setError(failure instanceof ApiFailure && failure.status === 404 ? `There is no issue ${name}.` : sayFailure(failure))
    }
  }
  return (
    <Dialog open title={`Merge ${props.issue.shortId} with`} description="The older of the two stays and takes the other's events, comments and activity. It can be taken apart again." onClose={props.room.close}>
      <form class="number-form" onSubmit={(event) => { event.preventDefault(); void submit() }}>
        <Field label="The other issue" hint={`Its short id, such as ${props.issue.shortId}.`} error={error()}>
          {(ids) => <input {...ids} class="input mono" autocomplete="off" autocapitalize="characters" spellcheck={false} autofocus value={text()} onInput={(event) => setText(event.currentTarget.value)} />}
        </Field>
        <div class="dialog-actions"><Button kind="primary" type="submit">Merge</Button><Button onClick={() => props.room.close()}>Cancel</Button></div>
      </form>
    </Dialog>
  )
}
