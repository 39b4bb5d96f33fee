// What a command line says, checked. A UsageError ends in exit code 2 and the hint at the help.

import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import type { z } from 'zod'
import { roles, type Role } from '../core/access.ts'
import type { Input, Options } from './command.ts'

export class UsageError extends Error {}

/** Throws a UsageError, or node's with a code that begins with ERR_PARSE_ARGS. */
export function readInput(args: string[], options: Options, usage: string): Input<never> {
  const declared: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(options).map(([name, { value, multiple }]) => [name, { type: value === undefined ? 'boolean' : 'string', multiple: multiple ?? false }]),
  )
  const { values, positionals } = parseArgs({ args, options: declared, allowPositionals: usage !== '' })
  return { values: values as never, positionals }
}

export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const { success, data, error } = schema.safeParse(value)
  if (!success) throw new UsageError(error.issues.map(({ message }) => message).join(' '))
  return data
}

export function takeOne(positionals: readonly string[], what: string): string {
  return takeAll(positionals, [what])[0]!
}

/** As many as `whats`, each with its words for who left it out. */
export function takeAll(positionals: readonly string[], whats: readonly string[]): string[] {
  if (positionals.length < whats.length) throw new UsageError(`Give ${whats.slice(positionals.length).join(' and ')}.`)
  if (positionals.length > whats.length) throw new UsageError(`Too much: ${positionals.slice(whats.length).join(' ')}`)
  return [...positionals]
}

/** One, or none. */
export function takeOptional(positionals: readonly string[]): string | undefined {
  return takeAll(positionals, positionals.slice(0, 1))[0]
}

export function takeEmail(positionals: readonly string[]): string {
  const email = takeOne(positionals, 'an email')
  if (!/^\S+@\S+$/.test(email)) throw new UsageError(`"${email}" is not an email.`)
  return email
}

export function takeRole(text: string): Role {
  const role = roles.find((each) => each === text)
  if (!role) throw new UsageError(`There is no role "${text}". Choose from: ${roles.join(', ')}.`)
  return role
}
