// Whether the patterns that a project's owner writes can be matched at all. Used where settings are saved and where they are tried.

import { ApiError } from '../errors.ts'
import { checkGlob } from '../filter/glob.ts'
import { checkPattern } from '../scrub/patterns.ts'
import type { SettingsChange } from './settings.ts'

/** Throws `badRequest` with what is wrong about each pattern, so that a form can say it beside its field. */
export function refuseBadPatterns({ scrubPatterns = [], filters = {} }: Pick<SettingsChange, 'scrubPatterns' | 'filters'>): void {
  const problemsOf = (patterns: readonly string[], check: (pattern: string) => string | null): string[] =>
    patterns.flatMap((pattern) => {
      const problem = check(pattern)
      return problem === null ? [] : [`${pattern}: ${problem}`]
    })
  const problems = {
    scrubPatterns: problemsOf(scrubPatterns, checkPattern),
    filters: problemsOf([...(filters.errorMessages ?? []), ...(filters.releases ?? [])], checkGlob),
  }
  const fields = Object.fromEntries(Object.entries(problems).filter(([, list]) => list.length > 0))
  if (Object.keys(fields).length > 0) throw new ApiError('badRequest', { fields })
}
