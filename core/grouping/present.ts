// A grouping as the API shows it (core/contract/grouping.ts), with its explanation as text. Pure.

import type { GroupingDescription } from '../contract/grouping.ts'
import { explain } from './explain.ts'
import type { Grouping } from './types.ts'

/** Keys are made of texts that a limit may have cut inside a pair: shown whole, their keys stay as they are. */
export function presentGrouping(grouping: Grouping): GroupingDescription {
  return {
    ...grouping,
    components: grouping.components.map(([tag, value]) => [tag, value.toWellFormed()]),
    notes: grouping.notes.map((note) => note.toWellFormed()),
    ...(grouping.title !== undefined && { title: grouping.title.toWellFormed() }),
    text: explain(grouping).toWellFormed(),
  }
}
