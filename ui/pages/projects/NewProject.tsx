// Name and platform, then on to the setup page with its DSN.

import { useNavigate } from '@solidjs/router'
import { createSignal, type JSX } from 'solid-js'
import type { NewProject as Body, Project } from '../../../core/contract/project.ts'
import { ApiFailure, request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { org } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Dialog } from '../../parts/basic/Dialog.tsx'
import { Field } from '../../parts/basic/Field.tsx'
import { FormError } from '../../parts/basic/FormError.tsx'
import { PlatformSelect } from './PlatformSelect.tsx'

export function NewProject(props: { open: boolean; onClose: () => void }): JSX.Element {
  return (
    <Dialog open={props.open} onClose={props.onClose} title="New project" description="One project per application: it has its own issues and its own DSN.">
      <Form onClose={props.onClose} />
    </Dialog>
  )
}

function Form(props: { onClose: () => void }): JSX.Element {
  const navigate = useNavigate()
  const [platform, setPlatform] = createSignal('node')
  const [failure, setFailure] = createSignal<ApiFailure>()
  const [busy, setBusy] = createSignal(false)

  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    const body: Body = { name: String(new FormData(event.currentTarget).get('name')), platform: platform() }
    setBusy(true)
    try {
      const created = (await request<Project>('POST', `projects/${org()}/`, { body })).body
      // Awaited: a list that is read anew while the router changes pages holds the change up for ever.
      await client.invalidateQueries({ queryKey: ['projects'] })
      props.onClose()
      navigate(`/p/${created.slug}/setup`)
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error
      setFailure(error)
      setBusy(false)
    }
  }

  return (
    <form class="mt-4 grid gap-4" onSubmit={(event) => void submit(event)}>
      <Field label="Name" error={failure()?.fields.name?.[0] ?? failure()?.fields.slug?.[0]}>
        {(ids) => <input {...ids} class="input" name="name" required maxLength={64} autocomplete="off" autofocus />}
      </Field>
      <Field label="Platform" hint="Decides which snippet is shown first. Any SDK can send." error={failure()?.fields.platform?.[0]}>
        {(ids) => <PlatformSelect ids={ids} value={platform()} onPick={setPlatform} />}
      </Field>
      <FormError failure={failure()} />
      <div class="flex gap-2">
        <Button kind="primary" type="submit" disabled={busy()}>
          Create project
        </Button>
        <Button onClick={() => props.onClose()}>Cancel</Button>
      </div>
    </form>
  )
}
