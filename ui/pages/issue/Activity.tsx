// What happened to the issue, by people and by itself, and the field for a comment. A comment shows before the server
// has answered (D-19).

import { useMutation } from '@tanstack/solid-query'
import { For, Match, Show, Switch, createSignal } from 'solid-js'
import type { ActivityItem, IssueDetail } from '../../../core/contract/issue.ts'
import { request } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { useShortcuts } from '../../data/keys.ts'
import { orgPath, user } from '../../data/session.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { whyReadOnly } from '../../parts/basic/browse.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Linked, Plain } from '../../parts/event/Plain.tsx'
import { sayActivity } from './activity.ts'

export function Activity(props: { issue: IssueDetail; readOnly: string | null }) {
  const post = useMutation(() => ({
    mutationFn: (text: string) => request('POST', orgPath(`issues/${props.issue.id}/comments/`), { body: { text } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['issue'] }),
  }))
  const underWay = (): ActivityItem | null => (post.isPending ? { id: 'pending', type: 'note', user: { id: user()?.id ?? '', name: user()?.name || user()?.email || 'You', email: '' }, data: { text: post.variables }, dateCreated: new Date().toISOString() } : null)
  const items = () => [...underWay() === null ? [] : [underWay()!], ...props.issue.activity.toSorted((a, b) => Date.parse(b.dateCreated) - Date.parse(a.dateCreated))]
  return (
    <section class="aside-part" aria-labelledby="activity">
      <h2 id="activity">Activity</h2>
      <Show when={whyReadOnly(props.readOnly) === undefined}><CommentForm error={post.isError ? post.error.message : null} onPost={(text) => post.mutateAsync(text)} /></Show>
      <ol class="activity" role="list">
        <For each={items()}>
          {(item) => (
            <li>
              <b><Plain text={item.user?.name ?? 'Refold'} limit={60} /></b>{' '}
              <Switch fallback={<Plain text={sayActivity(item, props.issue.project.slug)} limit={300} />}>
                <Match when={item.type === 'note'}><span class="meta">said</span></Match>
              </Switch>{' '}
              <Ago time={item.dateCreated} class="meta" />
              <Show when={item.type === 'note'}><p class="comment"><Linked text={String(item.data.text ?? '')} /></p></Show>
            </li>
          )}
        </For>
      </ol>
    </section>
  )
}

function CommentForm(props: { error: string | null; onPost: (text: string) => Promise<unknown> }) {
  let field: HTMLTextAreaElement | undefined
  const [text, setText] = createSignal('')
  useShortcuts([{ keys: ['c'], label: 'Comment', run: () => field?.focus() }])
  const post = async () => {
    const said = text().trim()
    if (said === '') return field?.focus()
    setText('')
    // The page's keys act again.
    field?.blur()
    // What was typed comes back when it could not be stored.
    await props.onPost(said).catch(() => setText((now) => (now === '' ? said : now)))
  }
  return (
    <form class="comment-form" onSubmit={(event) => { event.preventDefault(); void post() }}>
      <textarea
        ref={(element) => (field = element)} class="input" aria-label="Comment" placeholder="Comment" rows="2" maxlength="20000" value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void post()
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      <Show when={props.error}>{(error) => <p class="field-error" role="alert">{error()}</p>}</Show>
      <Show when={text().trim() !== ''}><Button type="submit" kbd="Mod+Enter">Comment</Button></Show>
    </form>
  )
}
