// A project's own patterns: RE2 syntax, so that no pattern and no text can take more than linear time.

import { RE2JS } from 're2js'

/** What is wrong with a pattern, in words; null = it compiles. */
export function checkPattern(pattern: string): string | null {
  try {
    RE2JS.compile(pattern)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
