// What a command line says, checked. A UsageError ends in exit code 2 and the hint at the help.

import type { z } from 'zod'

export class UsageError extends Error {}

export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const { success, data, error } = schema.safeParse(value)
  if (!success) throw new UsageError(error.issues.map(({ message }) => message).join(' '))
  return data
}

export function takeOne(positionals: readonly string[], what: string): string {
  if (positionals.length !== 1) throw new UsageError(positionals.length === 0 ? `Give ${what}.` : `Too much: ${positionals.slice(1).join(' ')}`)
  return positionals[0]!
}

export function takeEmail(positionals: readonly string[]): string {
  const email = takeOne(positionals, 'an email')
  if (!/^\S+@\S+$/.test(email)) throw new UsageError(`"${email}" is not an email.`)
  return email
}
