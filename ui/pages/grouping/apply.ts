// Making another generation the live one, and going back: what both say, and the toast with the way back.

import { sayFailure } from '../../data/failure.ts'
import { changeGenerations, noteFlip } from '../../data/grouping.ts'
import { showToast } from '../../parts/basic/Toast.tsx'

/** Throws ApiFailure: 409 when the preview is out of date, 422 when something was not accepted. */
export async function applyGeneration(project: string, generation: string, token: string, accept: readonly string[]): Promise<void> {
  await changeGenerations(project, 'POST', `${generation}/apply/`, { token, accept })
  noteFlip(project, generation)
  showToast({ text: `Generation ${generation} is live`, action: { label: 'Undo', run: () => void undo(project) } })
}

/** Resolves with what happened, as a sentence. Throws ApiFailure. */
export async function rollBack(project: string): Promise<string> {
  const { status, body } = await changeGenerations<{ generation: string }>(project, 'POST', 'rollback/', {})
  if (status === 202) return `Generation ${body.generation} is built first, and then live by itself.`
  noteFlip(project, body.generation)
  return `Rolled back: generation ${body.generation} is live.`
}

async function undo(project: string): Promise<void> {
  try {
    showToast({ text: await rollBack(project) })
  } catch (error) {
    showToast({ kind: 'error', text: `Not rolled back. ${sayFailure(error)}`, action: { label: 'Retry', run: () => void undo(project) } })
  }
}
