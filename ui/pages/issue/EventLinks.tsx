// Handing an event over: its link, the same as Markdown, its JSON.

import { Show } from 'solid-js'
import type { Event } from '../../../core/contract/event.ts'
import type { Issue } from '../../../core/contract/issue.ts'
import { client } from '../../data/client.ts'
import { issueAddress, noFilter } from '../../data/eventFilter.ts'
import { markdownQuery } from '../../data/eventText.ts'
import { sayFailure } from '../../data/failure.ts'
import { useShortcuts } from '../../data/keys.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { copyText } from '../../parts/basic/copy.ts'
import { showToast } from '../../parts/basic/Toast.tsx'

export function EventLinks(props: { issue: Issue; event: Event | null; generation: string | null }) {
  const copy = async (text: string, said: string) => showToast({ text: (await copyText(text)) ? said : 'Copying was refused by the browser.' })
  const copyLink = () => void copy(`${location.origin}${location.pathname}${location.search}`, 'Link copied')
  const query = (event: Event) => markdownQuery(props.issue.project.slug, event.eventID, props.generation)
  /* A browser lets a page copy only shortly after the press: what the pointer comes near is asked for. */
  const readAhead = () => props.event !== null && void client.prefetchQuery(query(props.event))
  const copyMarkdown = async () => {
    if (props.event === null) return
    try {
      await copy(await client.fetchQuery(query(props.event)), 'Copied as Markdown')
    } catch (error) {
      showToast({ kind: 'error', text: `Nothing was copied: ${sayFailure(error)}`, action: { label: 'Retry', run: () => void copyMarkdown() } })
    }
  }
  useShortcuts([
    { keys: ['y'], label: 'copy the link', run: copyLink },
    { keys: ['Mod+Alt+C'], label: 'copy as Markdown', run: () => void copyMarkdown() },
  ])
  return (
    <>
      <Button kbd="y" onClick={copyLink}>Copy link</Button>
      <Button disabled={props.event === null} onPointerEnter={readAhead} onFocus={readAhead} onClick={() => void copyMarkdown()}>Copy Markdown</Button>
      <Show when={props.event}>{(event) => <a class="btn" href={issueAddress(props.issue.shortId, `events/${event().eventID}/json`, noFilter, props.generation)}>JSON</a>}</Show>
    </>
  )
}
