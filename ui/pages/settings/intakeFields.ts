// What a project's owner may set about what comes in, in the order of the forms and in plain words. The names are the API's.

import type { ProjectSettings } from '../../../core/project/settings.ts'

type Names<Of, Value> = { [Name in keyof Of]: Of[Name] extends Value ? Name : never }[keyof Of]
type Filters = ProjectSettings['filters']

export const privacySwitches: readonly [name: Names<ProjectSettings, boolean>, label: string, hint: string][] = [
  ['dataScrubber', 'Scrub what leaves the log', 'Pages, tables and the API never show what a rule takes out.'],
  ['dataScrubberDefaults', 'With the default rules', 'Passwords, tokens, session cookies, card numbers, private keys …'],
  ['scrubAtDoor', 'Scrub before storing', 'The log never holds what a rule takes out. Attachments and replays cannot be scrubbed and are not stored.'],
  ['scrubIPAddresses', 'Never store IP addresses', 'Not in the log either.'],
]

export const privacyLists: readonly [name: 'sensitiveFields' | 'safeFields' | 'scrubPatterns', label: string, hint: string, placeholder: string][] = [
  ['sensitiveFields', 'Sensitive fields', 'Parts of field names whose values are taken out, one a line. At most 100.', 'iban'],
  ['safeFields', 'Safe fields', 'Whole field names that no rule touches, one a line. At most 100.', 'author'],
  ['scrubPatterns', 'Patterns', 'Regular expressions (RE2). What they match is taken out, one a line. At most 20.', 'order-\\d+'],
]

export const filterSwitches: readonly [name: Names<Filters, boolean>, label: string, hint: string][] = [
  ['browserExtensions', 'Errors of browser extensions', 'Thrown by what visitors have installed, not by your code.'],
  ['legacyBrowsers', 'Legacy browsers', 'Internet Explorer and others that no longer get updates.'],
  ['localhost', 'Localhost', "From a developer's own machine."],
  ['webCrawlers', 'Web crawlers', 'Search engines and other robots.'],
]

export const filterLists: readonly [name: Names<Filters, string[]>, label: string, hint: string, placeholder: string][] = [
  ['errorMessages', 'Error messages', 'Globs over "Type: value" and messages, one a line. At most 100.', '*ChunkLoadError*'],
  ['releases', 'Releases', 'Globs, one a line. At most 100.', '1.*'],
]
