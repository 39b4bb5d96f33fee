// What may be the name of a release, whoever says it: an event or a person.

export const maxVersionLength = 250

/** Sentry's rule (protocol 4.2): without what could not be told apart in a path or a list, and not named like a folder. */
export function isVersion(text: string): boolean {
  return !/[\n\r\f\t/\\]/.test(text) && !/^(?:\.|\.\.|latest)$/i.test(text)
}
