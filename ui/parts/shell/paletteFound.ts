// What the server finds for a text in the palette: the issue of a short id, the event of an event id.

import { createEffect, createSignal, onCleanup } from 'solid-js'
import type { FoundEvent, FoundShortId } from '../../../core/contract/lookup.ts'
import { formatShortId, parseShortId } from '../../../core/shortid.ts'
import { read } from '../../data/api.ts'
import { orgPath } from '../../data/session.ts'
import { watchQuery } from '../../data/watchQuery.ts'
import type { Entry } from './paletteEntries.ts'

const typingMs = 120

/** `slugs`: of all projects. Only their ids are asked for: `log-in` is no issue. */
export function useFound(text: () => string, slugs: () => readonly string[], go: (href: string) => void): () => Entry[] {
  const [settled, setSettled] = createSignal('')
  createEffect(() => {
    const now = text()
    const timer = setTimeout(() => setSettled(now), typingMs)
    onCleanup(() => clearTimeout(timer))
  })
  const shortIdOf = (typed: string): string | null => {
    const parsed = parseShortId(typed)
    return parsed !== null && slugs().includes(parsed.slug) ? formatShortId(parsed.slug, parsed.position) : null
  }
  const eventIdOf = (typed: string): string | null => (/^[0-9a-f]{32}$/i.test(typed.replaceAll('-', '')) ? typed.replaceAll('-', '').toLowerCase() : null)
  const issue = watchQuery(() => ({
    queryKey: ['palette', 'issue', shortIdOf(settled())],
    queryFn: ({ signal }: { signal: AbortSignal }) => read<FoundShortId>(orgPath(`shortids/${shortIdOf(settled())}/`), { signal }),
    enabled: shortIdOf(settled()) !== null,
  }))
  const event = watchQuery(() => ({
    queryKey: ['palette', 'event', eventIdOf(settled())],
    queryFn: ({ signal }: { signal: AbortSignal }) => read<FoundEvent>(orgPath(`eventids/${eventIdOf(settled())}/`), { signal }),
    enabled: eventIdOf(settled()) !== null,
  }))
  return () => {
    const [shortId, eventId] = [shortIdOf(text()), eventIdOf(text())]
    const isSettled = text() === settled()
    // Offered before the answer is there: its own page says it when there is no such issue.
    if (shortId !== null && !(isSettled && issue().isError)) {
      const found = isSettled ? issue().data?.group : undefined
      return [{ group: 'Issue', label: found?.shortId ?? shortId, note: found?.title, ...(found === undefined ? {} : { level: found.level }), run: () => go(`/issues/${found?.shortId ?? shortId}`) }]
    }
    const answer = event().data
    if (eventId !== null && isSettled && answer !== undefined) {
      const { groupId, event: one, projectSlug } = answer
      return [{ group: 'Event', label: one.title, note: projectSlug, run: () => go(`/issues/${groupId}/events/${eventId}`) }]
    }
    return []
  }
}
