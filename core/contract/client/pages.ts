// Lists in pages, and all of a list one by one.

import type { Answer, CallOptions, Request, Transport } from './transport.ts'

/** The cursors of the pages beside it; undefined at the ends. `hits` is bounded at 1,000. */
export type Beside = { previous: string | undefined; next: string | undefined; hits: number | undefined }
export type Page<T> = Answer<T[]> & Beside
export type Paging = { cursor?: string; limit?: number }

export async function readPage<T>(transport: Transport, route: string, request: Request, options?: CallOptions): Promise<Answer<T> & Beside> {
  const response = await transport.fetch(route, request, options)
  const hits = response.headers.get('x-hits')
  return { ...(await transport.read<T>(route, response, options)), ...readLink(response.headers.get('link')), hits: hits === null ? undefined : Number(hits) }
}

/** Asks for the next page when the one before is used up. A row that moves meanwhile may be missed or come twice, no other. */
export async function* walk<T>(transport: Transport, route: string, request: Request, options?: CallOptions): AsyncGenerator<T, void, undefined> {
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: Page<T> = await readPage<T[]>(transport, route, { ...request, query: { limit: 100, ...request.query, ...(cursor && { cursor }) } }, options)
    yield* page.data
    cursor = page.next
  }
}

function readLink(header: string | null): { previous: string | undefined; next: string | undefined } {
  const cursorOf = (rel: string): string | undefined => new RegExp(`rel="${rel}"; results="true"; cursor="([^"]*)"`).exec(header ?? '')?.[1]
  return { previous: cursorOf('previous'), next: cursorOf('next') }
}
