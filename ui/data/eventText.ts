// One event as text: the JSON that the SDK sent, and Markdown for a ticket or a language model (ui.md 2.6).

import { queryOptions } from '@tanstack/solid-query'
import { apiUrl, readText } from './api.ts'
import { org, projectPath } from './session.ts'

const jsonPath = (project: string, event: string): string => projectPath(project, `events/${encodeURIComponent(event)}/json/`)

/** Where the browser downloads it; the server gives it its name. */
export const jsonAddress = (project: string, event: string): string => apiUrl(jsonPath(project, event))

export const jsonQuery = (project: string, event: string) =>
  queryOptions({ queryKey: ['event-json', project, event], queryFn: ({ signal }) => readText(jsonPath(project, event), { signal }), enabled: org() !== null && project !== '', staleTime: 60_000, gcTime: 60_000 })

/** It tells counts, so it is soon old. */
export const markdownQuery = (project: string, event: string, generation: string | null) =>
  queryOptions({
    queryKey: ['event-markdown', project, event, generation],
    queryFn: ({ signal }) => readText(projectPath(project, `events/${encodeURIComponent(event)}/markdown/`), { query: { generation }, signal }),
    staleTime: 5_000, gcTime: 60_000,
  })
