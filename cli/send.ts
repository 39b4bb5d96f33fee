// `refold send`: errors of a small web shop, through the SDK and the front door.

import { chooseKinds, describeKinds, sendKinds } from '../ingest/samples/send.ts'
import { UsageError } from './arguments.ts'
import type { Input } from './command.ts'

export async function runSend({ values, positionals }: Input<{ dsn: string | undefined; all: boolean | undefined; list: boolean | undefined }>): Promise<void> {
  if (values.list) return console.log(describeKinds())
  if (values.dsn === undefined) throw new UsageError('Give the DSN of a project: --dsn http://key@host/1 (refold project create prints one)')
  const wanted = chooseKinds(positionals, values.all ?? false)
  if (typeof wanted === 'string') throw new UsageError(wanted)
  const refused = await sendKinds(values.dsn, wanted, (lines) => console.log(lines))
  if (refused > 0) throw new Error(refused === 1 ? 'One event was not accepted.' : `${refused} events were not accepted.`)
}
