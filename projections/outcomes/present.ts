// One outcome for the API and the live stream: the sentence of the door where it gave one, else that of the vocabulary.

import type { Outcome } from '../../core/contract/project.ts'
import { explainOutcome } from '../../core/outcome-words.ts'
import { formatShortId } from '../../core/shortid.ts'
import type { AcceptedRow, LatestRow } from './queries.ts'

export function presentAccepted(slug: string, { eventId, receivedAt, title, sdk, issue }: AcceptedRow): Outcome {
  return {
    dateReceived: receivedAt.toISOString(), outcome: 'accepted', reason: '', category: 'error', quantity: 1, detail: title, sdk, eventID: eventId,
    issueID: issue === null ? null : String(issue), shortId: issue === null ? null : formatShortId(slug, issue),
  }
}

export function presentLatest({ category, outcome, reason, quantity, detail, sdk, eventId, lastSeen }: LatestRow): Outcome {
  return {
    dateReceived: lastSeen.toISOString(), outcome, reason, category, quantity, detail: detail ?? explainOutcome(outcome, reason), sdk,
    // The event itself is not stored, except where it was before.
    eventID: outcome === 'duplicate' ? eventId : null, issueID: null, shortId: null,
  }
}
