// What may stand where the cursor is, from the table of commands. Pure; completion.ts asks.

import type { Command } from './command.ts'

/** `words` end with the one being typed, which may be empty. `projects` = the slugs that a server knows; none = files are as good a guess as any. */
export function listCandidates(commands: Readonly<Record<string, Command>>, words: readonly string[]): string[] | 'projects' {
  const typed = words.slice(0, -1)
  const begin = words.at(-1) ?? ''
  const names = Object.keys(commands).map((name) => name.split(' '))
  const name = names.find((each) => each.every((word, index) => typed[index] === word))
  if (name === undefined) {
    const next = names.filter((each) => each.length > typed.length && typed.every((word, index) => each[index] === word)).map((each) => each[typed.length]!)
    return [...new Set(typed.length === 0 ? [...next, '--help'] : next)].filter((word) => word.startsWith(begin))
  }
  const { options, usage } = commands[name.join(' ')]!
  const given = typed.slice(name.length)
  const expects = valueOf(options, given.at(-1))
  if (expects !== undefined) return expects === '<project>' ? 'projects' : []
  if (begin.startsWith('-')) {
    const left = Object.keys(options).filter((option) => options[option]!.multiple || !given.includes(`--${option}`))
    return [...left, 'help'].map((option) => `--${option}`).filter((option) => option.startsWith(begin))
  }
  const place = given.filter((word, index) => !word.startsWith('-') && valueOf(options, given[index - 1]) === undefined).length
  const what = usage.match(/<[^>]*>|\[[^\]]*\]|\S+/g)?.[place]
  if (what === '<project>' || what === '[project]') return 'projects'
  return what !== undefined && /^\w+(?:\|\w+)+$/.test(what) ? what.split('|').filter((word) => word.startsWith(begin)) : []
}

/** What stands for the value that an option before the cursor waits for. */
function valueOf(options: Command['options'], before: string | undefined): string | undefined {
  return before?.startsWith('--') ? options[before.slice(2)]?.value : undefined
}
