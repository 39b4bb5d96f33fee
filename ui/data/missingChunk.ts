// A lazy chunk that did not come: another build was deployed meanwhile (G-09), or the server cannot be reached (G-08).

import { ApiFailure, get } from './api.ts'
import { noteNewBuild } from './connection.ts'

/** The server is asked which of the two it is: an answer of any kind means that the chunk is gone; no answer is told by the banner. */
export function noteMissingChunk(): void {
  get('').then(noteNewBuild, (failure: unknown) => failure instanceof ApiFailure && failure.status !== 0 && noteNewBuild())
}
