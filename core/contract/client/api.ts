// What every group of calls (issues.ts, projects.ts …) is made of.

import { readPage, walk, type Beside, type Page } from './pages.ts'
import { readBody, type Answer, type CallOptions, type Request, type Transport } from './transport.ts'

export type Api = {
  send: Transport['send']
  page<T>(route: string, request?: Request, options?: CallOptions): Promise<Page<T>>
  /** Of a list that is part of the answer. */
  part<T>(route: string, request?: Request, options?: CallOptions): Promise<Answer<T> & Beside>
  all<T>(route: string, request?: Request, options?: CallOptions): AsyncGenerator<T, void, undefined>
  /** Of an answer that is no JSON. */
  text(route: string, request?: Request, options?: CallOptions): Promise<string>
}

export function createApi(transport: Transport): Api {
  return {
    send: transport.send,
    page: (route, request = {}, options) => readPage(transport, route, request, options),
    part: (route, request = {}, options) => readPage(transport, route, request, options),
    all: (route, request = {}, options) => walk(transport, route, request, options),
    text: async (route, request = {}, options) => {
      const response = await transport.fetch(route, { accept: '*/*', ...request }, options)
      return readBody(response.text(), options?.signal)
    },
  }
}

export const onOrganization = '/api/0/organizations/:org/'
export const onProject = '/api/0/projects/:org/:project/'
export const onIssue = '/api/0/issues/:issue/'
