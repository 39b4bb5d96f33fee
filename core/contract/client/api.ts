// What every group of calls (issues.ts, projects.ts …) is made of.

import { readPage, walk, type Page } from './pages.ts'
import type { CallOptions, Request, Transport } from './transport.ts'

export type Api = {
  send: Transport['send']
  page<T>(route: string, request?: Request, options?: CallOptions): Promise<Page<T>>
  all<T>(route: string, request?: Request, options?: CallOptions): AsyncGenerator<T, void, undefined>
  /** Of an answer that is no JSON. */
  text(route: string, request?: Request, options?: CallOptions): Promise<string>
  fetch: Transport['fetch']
  read: Transport['read']
}

export function createApi(transport: Transport): Api {
  return {
    send: transport.send,
    fetch: transport.fetch,
    read: transport.read,
    page: (route, request = {}, options) => readPage(transport, route, request, options),
    all: (route, request = {}, options) => walk(transport, route, request, options),
    text: async (route, request = {}, options) => (await transport.fetch(route, { accept: '*/*', ...request }, options)).text(),
  }
}

export const onOrganization = '/api/0/organizations/:org/'
export const onProject = '/api/0/projects/:org/:project/'
export const onIssue = '/api/0/issues/:issue/'
