// What a search field and its lazy half share.

import type { Accessor } from 'solid-js'
import type { Subject } from '../../../core/search/words.ts'

export type SearchState = {
  subject: Subject
  project: Accessor<string>
  generation: Accessor<string | null>
  text: Accessor<string>
  caret: Accessor<number>
  isFocused: Accessor<boolean>
  /** The person is not done: what is unfinished is no mistake yet. */
  isTyping: Accessor<boolean>
  recent: Accessor<readonly string[]>
}
