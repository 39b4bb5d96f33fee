#!/usr/bin/env node
// The command line. `serve` runs main.ts; the others work on the same database, whether a server runs or not, or ask a server's
// API with a token. What there is stands in cli/commands.ts, the exit codes in cli/failure.ts.

import { readInput, UsageError } from './cli/arguments.ts'
import { commands } from './cli/commands.ts'
import { fail } from './cli/failure.ts'
import { describeCommands } from './cli/help.ts'

async function run(args: string[]): Promise<void> {
  if (args[0] === '__complete') return (await import('./cli/completion.ts')).printCandidates(args.slice(1))
  const name = Object.keys(commands).find((each) => `${args.join(' ')} `.startsWith(`${each} `))
  const isHelp = args.length === 0 || args.includes('--help') || args.includes('-h')
  const help = isHelp && describeCommands(name ?? (args[0]?.startsWith('-') ? '' : (args[0] ?? '')))
  if (help) return console.log(help)
  if (name === undefined) throw new UsageError(`There is no command "${args.join(' ')}".`)
  const { options, usage, load } = commands[name]!
  const input = readInput(args.slice(name.split(' ').length), options, usage)
  const runCommand = await load()
  await runCommand(input)
}

// `refold issues list | head` has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})
await run(process.argv.slice(2)).catch(fail)
