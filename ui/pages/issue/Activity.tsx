// What happened to the issue, by people and by itself, and the field for a comment. A comment shows before the server
// has answered (D-19).

import { useMutation } from '@tanstack/solid-query'
import { For, Show, createMemo } from 'solid-js'
import type { ActivityItem, IssueDetail } from '../../../core/contract/issue.ts'
import { request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { orgPath, user } from '../../data/session.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { whyReadOnly } from '../../parts/basic/browse.ts'
import { Plain } from '../../parts/event/Plain.tsx'
import { sayActivity } from './activity.ts'
import { Comment, pendingId } from './Comment.tsx'
import { CommentField } from './CommentField.tsx'

export function Activity(props: { issue: IssueDetail; readOnly: string | null }) {
  const post = useMutation(() => ({
    mutationFn: (text: string) => request('POST', orgPath(`issues/${props.issue.id}/comments/`), { body: { text } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['issue'] }),
  }))
  const isReadOnly = () => whyReadOnly(props.readOnly) !== undefined
  const underWay = (): ActivityItem[] => (post.isPending ? [{ id: pendingId, type: 'note', user: { id: user()?.id ?? '', name: user()?.name || user()?.email || 'You', email: '' }, data: { text: post.variables }, dateCreated: new Date().toISOString() }] : [])
  const items = createMemo(() => [...underWay(), ...props.issue.activity.toSorted((a, b) => Date.parse(b.dateCreated) - Date.parse(a.dateCreated))])
  return (
    <section class="aside-part" aria-labelledby="activity">
      <h2 id="activity">Activity</h2>
      <Show when={!isReadOnly()}><CommentField label="Comment" action="Comment" error={post.isError ? post.error.message : null} onSend={(text) => post.mutateAsync(text)} /></Show>
      <ol class="activity" role="list">
        {/* By id: what is read again is another object, and an edit under way must outlive it. */}
        <For each={items().map(({ id }) => id)}>
          {(id) => (
            <Show when={items().find((item) => item.id === id)}>
              {(item) => (
                <Show when={item().type === 'note'} fallback={<Line item={item()} slug={props.issue.project.slug} />}>
                  <Comment issue={props.issue.id} item={item()} readOnly={isReadOnly()} />
                </Show>
              )}
            </Show>
          )}
        </For>
      </ol>
    </section>
  )
}

function Line(props: { item: ActivityItem; slug: string }) {
  return <li><b><Plain text={props.item.user?.name ?? 'Refold'} limit={60} /></b> <Plain text={sayActivity(props.item, props.slug)} limit={300} /> <Ago time={props.item.dateCreated} class="meta" /></li>
}
