// What happened to an issue, in order: what people did and what the fold found (first seen, regressed). Notes can be
// edited and deleted by their author; the decisions that did so stay in the log.

import type { Activity } from '../issues/reducer.ts'

export type Note = Pick<Activity, 'generation' | 'position' | 'keyId' | 'actor' | 'data' | 'at' | 'type'>

export type ActivityState = {
  /** `generation:position` -> notes that the batch's decisions name. */
  notes: Map<string, Note>
  saved: Map<string, Note>
  deleted: Map<string, Note>
}

export function recordActivity(state: ActivityState, entries: readonly Activity[]): void {
  for (const entry of entries) {
    state.saved.set(entryName(entry), entry)
    if (entry.type === 'note') state.notes.set(noteName(entry.generation, entry.position), entry)
  }
}

/** Nothing where it is gone: in a generation that was built after its issue was deleted. */
export function editNote(state: ActivityState, generation: number, position: number, text: string, at: Date): void {
  const note = state.notes.get(noteName(generation, position))
  if (!note) return
  const edited = { ...note, data: { ...note.data, text, edited: at.toISOString() } }
  state.notes.set(noteName(generation, position), edited)
  state.saved.set(entryName(edited), edited)
}

/** The key that loses a comment, or null when it was deleted before. */
export function deleteNote(state: ActivityState, generation: number, position: number): number | null {
  const name = noteName(generation, position)
  const note = state.notes.get(name)
  if (!note) return null
  state.notes.delete(name)
  state.saved.delete(entryName(note))
  state.deleted.set(name, note)
  return note.keyId
}

/** One decision can be told at several keys. */
function entryName({ generation, position, keyId, type }: Note): string {
  return `${generation}:${position}:${keyId}:${type}`
}

function noteName(generation: number, position: number): string {
  return `${generation}:${position}`
}
