// "Are you sure?", for what reaches further than what was typed.

import { createInterface } from 'node:readline/promises'
import { UsageError } from './arguments.ts'
import { escapeText } from './escape.ts'

/** Without a terminal nobody can be asked: then --yes is needed. Ends the process when the answer is not yes. */
export async function confirm(question: string, yes: boolean | undefined): Promise<void> {
  if (yes) return
  if (!process.stdin.isTTY) throw new UsageError(`${question} Nobody can be asked here: give --yes.`)
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  lines.on('SIGINT', () => process.exit(130))
  const answer = await lines.question(`${escapeText(question)} [y/N] `)
  lines.close()
  if (!/^y(?:es)?$/i.test(answer.trim())) throw new Error('Nothing was changed.')
}
