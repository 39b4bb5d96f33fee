// What `--help` prints: all commands by what they work on, or some with their options.

import type { Works } from './command.ts'
import { commands } from './commands.ts'
import { exitCodes } from './failure.ts'

const headings: Record<Works, string> = {
  database: 'On the machine of the server, with its environment, whether it runs or not:',
  api: 'From anywhere, with a token (REFOLD_URL, REFOLD_TOKEN), against a running server:',
  none: 'Beside it:',
}

/** All, a line each; or those whose names begin with `prefix`, with their options. Empty when there are none. */
export function describeCommands(prefix: string): string {
  return prefix === '' ? describeAll() : Object.keys(commands).filter((name) => name.startsWith(prefix)).map(describeOne).join('\n\n')
}

function describeAll(): string {
  const names = Object.keys(commands)
  const groups = (Object.keys(headings) as Works[]).map((works) => {
    const lines = names.filter((name) => commands[name]!.works === works).map((name) => `refold ${`${name} ${commands[name]!.usage}`.padEnd(30)} ${commands[name]!.says}`)
    return [headings[works], ...lines].join('\n')
  })
  const codes = Object.entries(exitCodes).map(([code, says]) => `${code} ${says}`)
  return [...groups, `refold <command> --help shows its options.\nExit codes: ${codes.join(', ')}.`].join('\n\n')
}

function describeOne(name: string): string {
  const { usage, says, options } = commands[name]!
  const lines = Object.entries(options).map(([option, { value, says: meaning }]) => [`--${option}${value === undefined ? '' : ` ${value}`}`, meaning] as const)
  const width = Math.max(...lines.map(([left]) => left.length))
  return [`refold ${name} ${usage}`.trimEnd(), says, ...lines.map(([left, meaning]) => `${left.padEnd(width)}  ${meaning}`)].join('\n  ')
}
