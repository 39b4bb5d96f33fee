// The keys of a project. A disabled one refuses what is sent with it; its events stay.

import { useQuery } from '@tanstack/solid-query'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import type { ProjectKey } from '../../../core/contract/project.ts'
import { request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { keysQuery } from '../../data/queries.ts'
import { may, projectPath } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { CopyButton } from '../../parts/basic/CopyButton.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { showToast } from '../../parts/basic/Toast.tsx'
import { KeyName } from './KeyName.tsx'

export function ProjectKeys(props: { project: string }): JSX.Element {
  const keys = useQuery(() => keysQuery(props.project))
  const all = createMemo(() => (keys.isPending ? [] : (keys.data ?? [])))
  const [naming, setNaming] = createSignal<ProjectKey | 'new' | null>(null)

  const send = async (method: 'POST' | 'PUT', path: string, body: object): Promise<void> => {
    await request(method, projectPath(props.project, path), { body })
    await client.invalidateQueries({ queryKey: ['keys', props.project] })
  }
  const toggle = async (key: ProjectKey): Promise<void> => {
    try {
      await send('PUT', `keys/${key.id}/`, { isActive: !key.isActive })
    } catch (error) {
      showToast({ kind: 'error', text: `${key.name} was not changed. ${error instanceof Error ? error.message : ''}`, action: { label: 'Retry', run: () => void toggle(key) } })
    }
  }
  const saveName = (name: string): Promise<void> => {
    const key = naming()
    return key === 'new' ? send('POST', 'keys/', { name }) : send('PUT', `keys/${key?.id}/`, { name })
  }

  return (
    <section aria-labelledby="keys">
      <div class="page-head">
        <h2 id="keys">Keys</h2>
        <Show when={may('project:write')}>
          <Button onClick={() => setNaming('new')}>New key</Button>
        </Show>
      </div>
      <Region query={keys} isEmpty={all().length === 0} empty={<p class="empty">No key: nothing can be sent to this project.</p>} skeleton={<div class="h-20" />}>
        <ul role="list">
          <For each={all()}>{(key) => <Row key={key} onRename={() => setNaming(key)} onToggle={() => void toggle(key)} />}</For>
        </ul>
      </Region>
      <KeyName of={naming()} save={saveName} onClose={() => setNaming(null)} />
    </section>
  )
}

function Row(props: { key: ProjectKey; onRename: () => void; onToggle: () => void }): JSX.Element {
  return (
    <li class="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-rule px-4 py-2" data-key={props.key.id}>
      <div class="min-w-0 grow basis-80">
        <strong>{props.key.name}</strong> <span class={props.key.isActive ? 'meta' : 'text-tx-warning'}>{props.key.isActive ? 'enabled' : 'disabled'}</span>
        <code class="block text-ink-2">{props.key.dsn.public}</code>
      </div>
      <div class="flex flex-wrap gap-2">
        <CopyButton text={props.key.dsn.public} label="Copy DSN" name={`Copy DSN of ${props.key.name}`} />
        <Show when={may('project:write')}>
          <Button aria-label={`Rename ${props.key.name}`} onClick={() => props.onRename()}>
            Rename
          </Button>
          <Button class="min-w-19" aria-label={`${props.key.isActive ? 'Disable' : 'Enable'} ${props.key.name}`} onClick={() => props.onToggle()}>
            {props.key.isActive ? 'Disable' : 'Enable'}
          </Button>
        </Show>
      </div>
    </li>
  )
}
