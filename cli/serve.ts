// `refold serve`: main.ts in this process until a signal ends it.

import { createClient } from '../client.ts'
import { serve } from '../main.ts'
import { loadConfig } from './config.ts'
import { fail } from './failure.ts'

export async function runServer(): Promise<void> {
  const config = loadConfig()
  const starting = serve(config)
  let stoppingSince: number | undefined
  const stop = async (signalNumber: number): Promise<void> => {
    // npm passes Ctrl-C on, so one press arrives twice.
    if (stoppingSince !== undefined && performance.now() - stoppingSince < 500) return
    if (stoppingSince !== undefined) process.exit(128 + signalNumber)
    stoppingSince = performance.now()
    setTimeout(() => fail(new Error('Refold did not stop within 10 s and was ended.')), 10_000).unref()
    await starting.then((running) => running.stop()).catch(fail)
    process.exit()
  }
  process.on('SIGINT', () => void stop(2))
  process.on('SIGTERM', () => void stop(15))

  const { address } = await starting
  console.log(`Refold listens on ${address}\nOpen ${config.publicUrl}`)
  const client = createClient({ baseUrl: address, organization: config.organization.slug })
  const needsOwner = await client.authConfig().then(({ data }) => data.refold.needsOwner, () => false)
  if (needsOwner) console.log('There is no account yet: the first visit creates the owner.')
}
