// The values of a statement that is put together from fixed pieces: each value becomes a numbered parameter, none is ever part of the text.

export type Parameters = {
  values: unknown[]
  /** `$3::bigint`. `type` is ours, never input. */
  add(value: unknown, type: string): string
}

export function createParameters(): Parameters {
  const values: unknown[] = []
  return { values, add: (value, type) => `$${values.push(value)}::${type}` }
}

/** For `like`: what is no wildcard stands for itself. */
export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}
