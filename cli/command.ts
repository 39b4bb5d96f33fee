// One command of the command line: what help, completion and the reading of its arguments know of it. Its code is loaded when it runs.

/** `value`: what stands for it in the help; without one the option is a switch. */
export type Option = { says: string; value?: string; multiple?: true }
export type Options = Readonly<Record<string, Option>>

type Value<O extends Option> = O extends { multiple: true } ? string[] | undefined : O extends { value: string } ? string | undefined : boolean | undefined
export type Values<O extends Options> = { [name in keyof O]: Value<O[name]> }
export type Input<V = object> = { values: V; positionals: string[] }

/** By what a command works: `database` beside or without a server, `api` with a token against a running one, `none` of both. */
export type Works = 'database' | 'api' | 'none'
export type Command = { works: Works; usage: string; says: string; options: Options; load(): Promise<(input: Input<never>) => Promise<void>> }

/** Checks that the code takes the options as they are declared. */
export function command<O extends Options>(declared: { works: Works; usage: string; says: string; options: O; load(): Promise<(input: Input<Values<O>>) => Promise<void>> }): Command {
  return declared
}

export function toggle(says: string): { says: string } {
  return { says }
}

export function text(value: string, says: string): { value: string; says: string } {
  return { value, says }
}

export function texts(value: string, says: string): { value: string; says: string; multiple: true } {
  return { value, says: `${says}; may be repeated`, multiple: true }
}
