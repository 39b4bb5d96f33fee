// What a refused request leaves behind: an outcome with a sentence for the setup page, and nothing that is secret in the request.
import { sliceText } from '../../core/event/json.ts'
import { explainOutcome } from '../../core/outcome-words.ts'
import type { Outcome } from '../../core/outcome.ts'
import { reasons } from '../../core/outcome-reasons.ts'
import type { OutcomeRecorder } from '../outcomes/recorder.ts'
import type { Refused, Rejection } from './errors.ts'

/** As far as the request got: the project of its path or of its key, and who it says it is. */
export type Caller = { project: number | null; client: string | null; publicKey: string | null }

/** `category` is what the request would have been. */
export function recordRejection(recorder: OutcomeRecorder, caller: Caller, category: string, rejection: Rejection): void {
  if (rejection.refused) return recordRefused(recorder, caller, rejection.refused)
  const { reason } = rejection
  recorder.record({ project: caller.project, category, outcome: outcomeOf(rejection.status), reason, quantity: 1, detail: explainRejection(rejection), sdk: nameSdk(caller) })
}

/** Items of a request of which nothing was stored. */
export function recordRefused(recorder: OutcomeRecorder, caller: Caller, refused: Refused): void {
  const sdk = nameSdk(caller)
  for (const each of refused) recorder.record({ ...each, project: caller.project, detail: explainOutcome(each.outcome, each.reason), sdk })
}

function outcomeOf(status: number): Outcome {
  if (status === 413) return 'too_large'
  return status === 429 || status === 503 ? 'rate_limited' : 'rejected'
}

const maxDetail = 300

/** Texts of ours with numbers of the request in them, never a text of the request. */
function explainRejection({ reason, detail, causes }: Rejection): string {
  const more = reason === 'malformed' || reason === 'too_large' ? (causes ?? [detail]) : []
  return sliceText([reasons[reason], ...more.map((text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`)].join(' '), maxDetail)
}

const sdkForm = /^[a-z][\w.-]{0,80}(?:\/\d[\w.+-]{0,30})?/i

/** `name/version`, when it looks like one. */
function nameSdk({ client, publicKey }: Caller): string | null {
  const name = client === null ? undefined : sdkForm.exec(client)?.[0]
  return name === undefined || (publicKey !== null && name.toLowerCase().includes(publicKey)) ? null : name
}
