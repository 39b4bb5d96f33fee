// The client without schemas: for the app, or for who counts bytes. `refold/client` (../client.ts) adds them.

import { accountCalls } from './account.ts'
import { createApi } from './api.ts'
import { eventCalls } from './events.ts'
import { groupingCalls } from './grouping.ts'
import { issueCalls } from './issues.ts'
import { organizationCalls } from './organization.ts'
import { projectCalls } from './projects.ts'
import { releaseCalls } from './releases.ts'
import { createTransport, type ClientOptions } from './transport.ts'

/** Calls reject with one of the classes in errors.ts, or with the reason of the signal that ended them. */
export function createBareClient(options: ClientOptions) {
  const api = createApi(createTransport(options))
  return { ...accountCalls(api), ...organizationCalls(api), ...projectCalls(api), ...issueCalls(api), ...eventCalls(api), ...groupingCalls(api), ...releaseCalls(api) }
}
export type Client = ReturnType<typeof createBareClient>
