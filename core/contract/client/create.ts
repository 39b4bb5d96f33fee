// Every call of the client, over one transport. `refold/client` (client.ts at the root) hands in the world, and the schemas.

import { accountCalls } from './account.ts'
import { createApi } from './api.ts'
import { eventCalls } from './events.ts'
import { groupingCalls } from './grouping.ts'
import { issueCalls } from './issues.ts'
import { organizationCalls } from './organization.ts'
import { projectCalls } from './projects.ts'
import { releaseCalls } from './releases.ts'
import { createTransport, type ClientOptions, type World } from './transport.ts'

/** Calls reject with one of the classes in errors.ts, or with the reason of the signal that ended them. */
export function composeClient(options: ClientOptions, world: World) {
  const api = createApi(createTransport(options, world))
  return { ...accountCalls(api), ...organizationCalls(api), ...projectCalls(api), ...issueCalls(api), ...eventCalls(api), ...groupingCalls(api), ...releaseCalls(api) }
}
export type Client = ReturnType<typeof composeClient>
