// The server that a command talks to, through the typed client, and what is needed to find it: REFOLD_URL and a token.

import { createBareClient, type Client } from '../client.ts'
import { AuthorizationError } from '../core/contract/client/errors.ts'
import { UsageError } from './arguments.ts'
import { nameCause, UnreachableError } from './failure.ts'
import type { Output } from './output.ts'

export type Api = Output & { url: string | undefined; token: string | undefined }

/** Without the schemas of the answers: they cost a tenth of a second, and a server of another version may say more. */
export async function connect(values: Pick<Api, 'url' | 'token'>): Promise<Client> {
  const baseUrl = values.url ?? (process.env.REFOLD_URL || `http://localhost:${process.env.PORT || 8000}`)
  if (!URL.canParse(baseUrl) || !/^https?:/.test(baseUrl)) throw new UsageError(`"${baseUrl}" is not the URL of a server, like https://errors.example.com`)
  const token = values.token ?? process.env.REFOLD_TOKEN
  if (!token) throw new UsageError('There is no token: set REFOLD_TOKEN. The settings of the app make one, or on the machine of the server: refold token create --name cli')
  const options = { baseUrl, token, fetch: fetchFrom(baseUrl) }
  return createBareClient({ ...options, organization: process.env.ORGANIZATION || (await findOrganization(createBareClient({ ...options, organization: '' }))) })
}

/** Waits until what was written shows: the next command is another process, and reads what this one did. It is stored in any case. */
export async function settle(client: Client): Promise<void> {
  await client.organizations().catch(() => undefined)
}

/** An installation has one. A token that may not read it is left with the default name. */
async function findOrganization(client: Client): Promise<string> {
  const found = await client.organizations().catch((error: unknown) => {
    if (error instanceof AuthorizationError) return undefined
    throw error
  })
  return found?.data[0]?.slug ?? 'refold'
}

/** Tells a server that is not there, or is none of ours, from one that refuses. */
function fetchFrom(baseUrl: string): typeof fetch {
  return async (url, init) => {
    const response = await fetch(url, init).catch((error: unknown) => {
      throw new UnreachableError(`The server at ${baseUrl} cannot be reached (${nameCause(error)}). Does it run, and is REFOLD_URL right?`)
    })
    if (response.headers.has('x-refold-build')) return response
    throw new UnreachableError(`What answers at ${baseUrl} (status ${response.status}) is not Refold. Is REFOLD_URL right?`)
  }
}
