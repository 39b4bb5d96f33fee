// What somebody said about an issue. Who said it edits and deletes it; both show before the server has answered.

import { useMutation } from '@tanstack/solid-query'
import { Show, createSignal } from 'solid-js'
import type { ActivityItem } from '../../../core/contract/issue.ts'
import { request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { orgPath, user } from '../../data/session.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { Linked, Plain } from '../../parts/event/Plain.tsx'
import { CommentField } from './CommentField.tsx'

type Mode = 'read' | 'edit' | 'delete'

export function Comment(props: { issue: string; item: ActivityItem; readOnly: boolean }) {
  const [mode, setMode] = createSignal<Mode>('read')
  const address = () => orgPath(`issues/${props.issue}/comments/${props.item.id}/`)
  const reread = () => client.invalidateQueries({ queryKey: ['issue'] })
  const edit = useMutation(() => ({ mutationFn: (text: string) => request('PUT', address(), { body: { text } }), onSettled: reread }))
  const remove = useMutation(() => ({ mutationFn: () => request('DELETE', address()), onSettled: reread }))
  const text = () => (edit.isPending ? edit.variables : String(props.item.data.text ?? ''))
  const isOwn = () => !props.readOnly && props.item.id !== pendingId && props.item.user !== null && props.item.user.id === user()?.id
  const isGone = () => remove.isPending || remove.isSuccess
  const send = async (said: string) => {
    setMode('read')
    await edit.mutateAsync(said).catch((error: unknown) => {
      setMode('edit')
      throw error
    })
  }
  const cancel = () => {
    edit.reset()
    setMode('read')
  }
  return (
    <Show when={!isGone()}>
      <li>
        <b><Plain text={props.item.user?.name ?? 'Refold'} limit={60} /></b> <span class="meta">said</span> <Ago time={props.item.dateCreated} class="meta" />
        <Show when={mode() === 'edit'} fallback={<p class="comment"><Linked text={text()} /></p>}>
          <CommentField label="Edit comment" action="Save" text={edit.isError ? edit.variables : text()} error={edit.isError ? edit.error.message : null} onSend={send} onCancel={cancel} />
        </Show>
        <Show when={isOwn() && mode() !== 'edit'}>
          <div class="comment-actions">
            <Show when={mode() === 'delete'} fallback={<><button type="button" class="comment-act" onClick={() => setMode('edit')}>Edit</button><button type="button" class="comment-act" onClick={() => setMode('delete')}>Delete</button></>}>
              <button type="button" class="comment-act" data-kind="danger" ref={(button) => queueMicrotask(() => button.focus())} onClick={() => remove.mutate()}>Delete for good</button>
              <button type="button" class="comment-act" onClick={() => setMode('read')}>Keep</button>
            </Show>
          </div>
        </Show>
        <Show when={remove.isError}><p class="field-error" role="alert">{remove.error!.message}</p></Show>
      </li>
    </Show>
  )
}

/** Of a comment that the server has not answered yet. */
export const pendingId = 'pending'
