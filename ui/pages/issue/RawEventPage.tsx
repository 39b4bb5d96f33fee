// The JSON of one event as the SDK sent it, to read, to search in, to copy and to keep (D-15).

import './raw.css'
import { useLocation, useNavigate, useParams } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { For, Show, createEffect, createMemo } from 'solid-js'
import { issueAddress, noFilter } from '../../data/eventFilter.ts'
import { jsonAddress, jsonQuery } from '../../data/eventText.ts'
import { useShortcuts } from '../../data/keys.ts'
import { issueQuery } from '../../data/queries.ts'
import { setProject } from '../../data/session.ts'
import { CopyButton } from '../../parts/basic/CopyButton.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { browsedGeneration } from '../../parts/basic/browse.ts'
import { formatBytes, formatExact } from '../../parts/basic/format.ts'
import { indentJson, splitText } from '../../parts/event/textChunks.ts'
import { toVisible } from '../../parts/event/visible.ts'
import { usePageTitle } from '../../parts/shell/page.ts'

/** Pixels of a line, for parts that are not laid out yet. */
const lineHeight = 16

export function RawEventPage() {
  const params = useParams<{ shortId: string; eventId: string }>()
  const location = useLocation()
  const navigate = useNavigate()
  const generation = () => browsedGeneration(location.search)
  const issues = useQuery(() => issueQuery(params.shortId, generation()))
  const slug = () => (issues.isPending ? '' : (issues.data?.issue.project.slug ?? ''))
  const json = useQuery(() => jsonQuery(slug(), params.eventId))
  const chunks = createMemo(() => (json.isPending || json.data === undefined ? [] : splitText(indentJson(json.data))))
  const lineCount = () => chunks().reduce((sum, chunk) => sum + chunk.lines, 0)
  const back = () => issueAddress(params.shortId, `events/${params.eventId}`, noFilter, generation())
  usePageTitle(() => `JSON of event ${params.eventId.slice(0, 8)} · ${params.shortId}`)
  createEffect(() => slug() !== '' && setProject(slug()))
  useShortcuts([{ keys: ['u', 'Escape'], label: 'back to the event', run: () => navigate(back()) }])
  return (
    <div class="raw-page">
      <header class="raw-head">
        <div>
          <p class="issue-line"><a class="issue-back" href={back()}>Event</a> <span class="meta" aria-hidden="true">/</span> <span class="mono">{toVisible(params.shortId, 100)}</span></p>
          <h1>JSON of event <code class="raw-id">{toVisible(params.eventId, 64)}</code></h1>
          <p class="meta">As the SDK sent it, scrubbed. <Show when={chunks().length > 0}>{formatBytes(new TextEncoder().encode(json.data).length)}, {formatExact(lineCount())} lines when indented.</Show></p>
        </div>
        <Show when={chunks().length > 0}>
          <div class="raw-actions"><CopyButton label="Copy JSON" text={json.data!} /><a class="btn" href={jsonAddress(slug(), params.eventId)} download="">Download</a></div>
        </Show>
      </header>
      <Region query={issues.isError ? issues : json}>
        <div class="raw-json">
          <For each={chunks()}>{(chunk) => <div class="raw-chunk" style={{ 'contain-intrinsic-size': `auto ${chunk.lines * lineHeight}px` }}>{toVisible(chunk.text, Infinity)}</div>}</For>
        </div>
      </Region>
    </div>
  )
}
