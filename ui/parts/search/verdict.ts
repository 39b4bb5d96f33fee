// What the field makes of a query that is being typed: ask for it, wait for more, or say what is wrong with it (ui.md Q-03).

import { parseSearch } from '../../../core/search/parse.ts'
import { findKeyWord } from '../../../core/search/words.ts'
import { findSpot } from './spot.ts'
import type { Known, Suggestion } from './suggest.ts'

/** `mayGrow`: the word at the caret can become a filter, `rel` and `release:`; as a word it would find little. */
export type Verdict = { ready: true; error: null; mayGrow: boolean } | { ready: false; error: string | null }

const wait: Verdict = { ready: false, error: null }

/** `caret` null: nobody types, so nothing is merely unfinished. */
export function judge(query: string, caret: number | null, suggestions: readonly Suggestion[], known: Known): Verdict {
  const search = parseSearch(query, known.subject)
  const error = 'error' in search ? search.error : null
  const wrong: Verdict = error === null ? { ready: true, error: null, mayGrow: false } : { ready: false, error: error.message }
  if (caret === null) return wrong
  const spot = findSpot(query, caret)
  if (caret !== spot.to) return wrong
  if (spot.at === 'key') return wrong.ready ? { ...wrong, mayGrow: spot.typed !== '' && suggestions.length > 0 } : wrong
  // `release:`, and of a tag, which would be free text.
  if (spot.typed === '') return wait
  if (error !== null) return error.position >= spot.from && (error.position >= spot.to || suggestions.length > 0) ? wait : wrong
  // The beginning of a value that there is: asked for as it stands it would find nothing.
  const word = spot.tag ? undefined : findKeyWord(spot.key, known.subject)
  const isText = word === undefined || word.kind === 'match' || word.kind === 'person'
  return isText && suggestions.length > 0 && !known.values.some(({ value }) => value === spot.typed) ? wait : wrong
}
