// The keys of a project: what its DSNs are made of. A disabled one refuses what is sent with it; its events stay.

import { useQuery } from '@tanstack/solid-query'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import type { ProjectKey } from '../../../core/contract/project.ts'
import { request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { sayFailure } from '../../data/failure.ts'
import { keysQuery } from '../../data/queries.ts'
import { may, projectPath } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Confirm } from '../../parts/basic/Confirm.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { showToast } from '../../parts/basic/Toast.tsx'
import { KeyForm, type KeyChange } from './KeyForm.tsx'
import { KeyRow } from './KeyRow.tsx'
import { whyNot } from './mayChange.ts'
import { RotateKey } from './RotateKey.tsx'

export function ProjectKeys(props: { project: string }): JSX.Element {
  const keys = useQuery(() => keysQuery(props.project))
  const all = createMemo(() => (keys.isPending ? [] : (keys.data ?? [])))
  const [changing, setChanging] = createSignal<ProjectKey | 'new' | null>(null)
  const [rotating, setRotating] = createSignal<ProjectKey | null>(null)
  const [deleting, setDeleting] = createSignal<ProjectKey | null>(null)

  const send = async (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<ProjectKey> => {
    const answer = await request<ProjectKey>(method, projectPath(props.project, path), body ? { body } : {})
    await client.invalidateQueries({ queryKey: ['keys', props.project] })
    return answer.body
  }
  const toggle = async (key: ProjectKey): Promise<void> => {
    try {
      await send('PUT', `keys/${key.id}/`, { isActive: !key.isActive })
      showToast({ text: key.isActive ? `${key.name} is disabled: what is sent with it is refused within a second.` : `${key.name} is enabled.` })
    } catch (error) {
      showToast({ kind: 'error', text: `${key.name} was not changed. ${sayFailure(error)}`, action: { label: 'Retry', run: () => void toggle(key) } })
    }
  }
  const save = async ({ name, rateLimit }: KeyChange): Promise<void> => {
    const key = changing()
    const made = key === 'new' ? await send('POST', 'keys/', { name }) : key!
    // A new key has no limit until it is given one. When that fails the key is there, and the form goes on with it.
    if (key !== 'new' || rateLimit !== null) {
      setChanging(made)
      await send('PUT', `keys/${made.id}/`, { name, rateLimit })
    }
    showToast({ text: key === 'new' ? `${name} is made.` : `${name} is saved.` })
  }
  const remove = async (): Promise<void> => void (await send('DELETE', `keys/${deleting()!.id}/`))
  const rotate = async (keepOld: boolean): Promise<void> => {
    const { name } = await send('POST', `keys/${rotating()!.id}/rotate/`, { keepOld })
    showToast({ text: keepOld ? `${name} has a new key beside the old one.` : `${name} has a new key; the old one is disabled.` })
  }

  return (
    <>
      <div class="section flex flex-wrap items-center justify-between gap-3">
        <p class="max-w-[72ch] text-ink-2">SDKs send with a DSN, which holds a key. It can only add events, so it may stand in public code. {whyNot('project:write')}</p>
        <Show when={may('project:write')}>
          <Button kind="primary" onClick={() => setChanging('new')}>
            New key
          </Button>
        </Show>
      </div>
      <Region query={keys} isEmpty={all().length === 0} empty={<p class="empty">No key: nothing can be sent to this project.</p>} skeleton={<div class="h-20" />}>
        <ul role="list" aria-label="Keys">
          <For each={all()}>
            {(key) => <KeyRow key={key} onChange={() => setChanging(key)} onToggle={() => void toggle(key)} onRotate={() => setRotating(key)} onDelete={() => setDeleting(key)} />}
          </For>
        </ul>
      </Region>
      <KeyForm of={changing()} save={save} onClose={() => setChanging(null)} />
      <RotateKey of={rotating()} rotate={rotate} onClose={() => setRotating(null)} />
      <Confirm
        open={deleting() !== null}
        title={`Delete the key ${deleting()?.name ?? ''}?`}
        text="What is sent with it is refused within a second, and its DSN never works again. Events that came by it stay."
        action="Delete key"
        run={remove}
        onClose={() => setDeleting(null)}
      />
    </>
  )
}
