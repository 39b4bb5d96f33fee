// The lazy half of the search field: the grammar, and what is known of the project. Without it the field is a plain one.

import { type Accessor, createMemo } from 'solid-js'
import { type Mark, markSearch } from '../../../core/search/mark.ts'
import { createKnown } from './known.ts'
import type { SearchState } from './state.ts'
import { type Suggestion, suggest } from './suggest.ts'
import { type Verdict, judge } from './verdict.ts'

export { MarkedText } from './MarkedText.tsx'
export { SuggestionList } from './SuggestionList.tsx'

export type Assist = { suggestions: Accessor<readonly Suggestion[]>; marks: Accessor<Mark[]>; verdict: Accessor<Verdict> }

/** Call under an owner. */
export function createAssist(state: SearchState): Assist {
  const known = createKnown(state)
  const suggestions = createMemo(() => (state.isFocused() ? suggest(state.text(), state.caret(), known()) : []))
  return {
    suggestions,
    marks: createMemo(() => markSearch(state.text(), state.subject)),
    verdict: createMemo(() => judge(state.text(), state.isTyping() ? state.caret() : null, suggestions(), known())),
  }
}
