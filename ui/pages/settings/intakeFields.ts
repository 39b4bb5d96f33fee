// What a project's owner may set about what comes in, in the order of the form and in plain words. The names are the API's.

import type { ProjectSettings } from '../../../core/project/settings.ts'

type Names<Value> = { [Name in keyof ProjectSettings]: ProjectSettings[Name] extends Value ? Name : never }[keyof ProjectSettings]
type Filters = ProjectSettings['filters']
type FilterNames<Value> = { [Name in keyof Filters]: Filters[Name] extends Value ? Name : never }[keyof Filters]

export const switches: readonly [name: Names<boolean>, label: string, hint: string][] = [
  ['dataScrubber', 'Scrub what leaves the log', 'Pages, tables and the API never show what a rule takes out.'],
  ['dataScrubberDefaults', 'With the default rules', 'Passwords, tokens, session cookies, card numbers, private keys …'],
  ['scrubAtDoor', 'Scrub before storing', 'The log never holds what a rule takes out. Attachments and replays cannot be scrubbed and are not stored.'],
  ['scrubIPAddresses', 'Never store IP addresses', 'Not in the log either.'],
]

export const lists: readonly [name: Names<string[]>, label: string, hint: string][] = [
  ['sensitiveFields', 'Sensitive fields', 'Parts of field names whose values are taken out, one a line.'],
  ['safeFields', 'Safe fields', 'Field names that no rule touches, one a line.'],
  ['scrubPatterns', 'Patterns', 'Regular expressions (RE2). What they match is taken out, one a line.'],
  ['allowedDomains', 'Allowed domains', 'Origins of web pages that may send: *, example.com, *.example.com. Programs always may.'],
]

export const filterSwitches: readonly [name: FilterNames<boolean>, label: string][] = [
  ['browserExtensions', 'Errors of browser extensions'],
  ['legacyBrowsers', 'Legacy browsers'],
  ['localhost', 'Localhost'],
  ['webCrawlers', 'Web crawlers'],
]

export const filterLists: readonly [name: FilterNames<string[]>, label: string, hint: string][] = [
  ['errorMessages', 'Error messages', 'Globs over "Type: value" and messages, one a line: *ChunkLoadError*'],
  ['releases', 'Releases', 'Globs, one a line: 1.*'],
]

/** Lines of a field that are not empty. */
export function readLines(text: FormDataEntryValue | null): string[] {
  return String(text ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '')
}

/** The form as the body of `PUT projects/{org}/{project}/`. */
export function readIntake(form: FormData): Omit<ProjectSettings, 'quotas'> {
  const isOn = (name: string): boolean => form.has(name)
  const own = { ...Object.fromEntries(switches.map(([name]) => [name, isOn(name)])), ...Object.fromEntries(lists.map(([name]) => [name, readLines(form.get(name))])) }
  const filters = { ...Object.fromEntries(filterSwitches.map(([name]) => [name, isOn(name)])), ...Object.fromEntries(filterLists.map(([name]) => [name, readLines(form.get(name))])) }
  return { ...own, filters } as Omit<ProjectSettings, 'quotas'>
}
