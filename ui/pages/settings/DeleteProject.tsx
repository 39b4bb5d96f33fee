// The end of a project: who may is told what is lost, and types its slug.

import { useNavigate } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import { ApiFailure, request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { project, projectPath, setProject } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Dialog } from '../../parts/basic/Dialog.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { formatNumber } from '../../parts/basic/format.ts'
import { showToast } from '../../parts/basic/Toast.tsx'
import { whyNot } from './mayChange.ts'

type Props = { slug: string; name: string; issues: number }

export function DeleteProject(props: Props): JSX.Element {
  const [asking, setAsking] = createSignal(false)
  return (
    <section class="section" aria-labelledby="delete">
      <h2 id="delete">Delete</h2>
      <p class="mt-1 max-w-[72ch] text-ink-2">All issues, events, files, releases and keys of {props.name} are gone for good. There is no way back.</p>
      <Show when={whyNot('project:admin')} fallback={<Button kind="danger" class="mt-3" onClick={() => setAsking(true)}>Delete project…</Button>}>
        {(why) => <p class="mt-3 text-ink-2">{why()}</p>}
      </Show>
      <Dialog open={asking()} onClose={() => setAsking(false)} title={`Delete ${props.name}?`} description={`Lost are ${formatNumber(props.issues, 'open issue')}, those that are resolved, and every event. Keys are refused within a second; what is stored is removed in the background.`} wide>
        <Question {...props} onClose={() => setAsking(false)} />
      </Dialog>
    </section>
  )
}

function Question(props: Props & { onClose: () => void }): JSX.Element {
  const navigate = useNavigate()
  const [typed, setTyped] = createSignal('')
  const [error, setError] = createSignal<string>()
  const [busy, setBusy] = createSignal(false)
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (typed().trim() !== props.slug) return void setError(`Type ${props.slug} to delete it.`)
    setBusy(true)
    try {
      await request('DELETE', projectPath(props.slug))
      if (project() === props.slug) setProject(null)
      // Awaited: a list that is read anew while the router changes pages holds the change up for ever.
      await client.invalidateQueries({ queryKey: ['projects'] })
      client.removeQueries({ queryKey: ['project', props.slug] })
      showToast({ text: `${props.name} is deleted. What it stored is being removed.` })
      props.onClose()
      navigate('/projects')
    } catch (failure) {
      if (!(failure instanceof ApiFailure)) throw failure
      setError(failure.message)
      setBusy(false)
    }
  }
  return (
    <form class="mt-4 grid gap-4" onSubmit={(event) => void submit(event)}>
      <Field label={`To be sure, type ${props.slug}`} error={error()}>
        {(ids) => <input {...ids} class="input mono" name="confirm" value={typed()} onInput={(event) => setTyped(event.currentTarget.value)} required autocomplete="off" spellcheck={false} autofocus />}
      </Field>
      <div class="flex gap-2">
        <Button kind="danger" type="submit" disabled={busy()}>Delete project</Button>
        <Button onClick={() => props.onClose()}>Cancel</Button>
      </div>
    </form>
  )
}
