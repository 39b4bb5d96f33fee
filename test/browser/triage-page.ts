// What a page asks of the server while issues are decided about.

import type { Page } from 'playwright-core'

type Put = { method: string; search: URLSearchParams; body: Record<string, unknown> }

/** What is asked of the bulk path. */
export function watchPuts(page: Page): Put[] {
  const seen: Put[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (['PUT', 'DELETE'].includes(request.method()) && url.pathname.endsWith('/issues/')) seen.push({ method: request.method(), search: url.searchParams, body: request.postDataJSON() as Record<string, unknown> })
  })
  return seen
}
