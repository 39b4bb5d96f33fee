// What commands on generations ask of the folds, which this room does not know: main.ts gives it to them.

import type { Generation } from '../../core/contract/grouping.ts'
import type { Preview, RollbackTarget } from '../../core/grouping/decide.ts'

export type GenerationControl = {
  /** What it would change, as of now; null when the project has no such generation beside the live one. */
  preview(project: number, generation: number): Promise<Preview | null>
  /** Null = there is nothing to roll back to. */
  rollbackTarget(project: number): Promise<RollbackTarget | null>
  /** As the API shows it; null = the fold does not know it yet. */
  describe(project: number, generation: number): Promise<Generation | null>
  /** To be called when there may be something to build, or no more. */
  wake(): void
}
