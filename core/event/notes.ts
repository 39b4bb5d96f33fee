// What reading an event had to drop, trim or correct, for the event page's list of problems (protocol 4.0).

const sentences = {
  invalid_data: 'The value has a form that cannot be read and was left out.',
  value_too_long: 'The value is longer than the limit and was shortened or left out.',
  too_many_values: 'There are more values than the limit; those in the middle or at the end were left out.',
  future_timestamp: 'The time lies in the future; the time of arrival is used instead.',
  past_timestamp: 'The time lies more than 30 days back; the time of arrival is used instead.',
  clock_drift: "The sender's clock is off; the event's times were moved to match.",
  missing_attribute: 'A value that is needed was not sent.',
  sdk_shortened: 'The SDK shortened the value.',
  sdk_removed: 'The SDK removed the value or a part of it.',
  sdk_error: 'The SDK could not use the value.',
} as const

export type Problem = keyof typeof sentences
/** Called with the path of the field, `tags.url` or `exception`; `detail` is a sentence that says how much or how. */
export type Note = (problem: Problem, name: string, detail?: string) => void
export type EventError = { type: string; message: string; data: { [key: string]: unknown } }

/** For readers whose notes nobody shows. */
export const ignoreNotes: Note = () => {}

const errorLimit = 100

/** Collects at most 100 notes, each problem of a field once. */
export function collectNotes(): { errors: EventError[]; note: Note } {
  const errors: EventError[] = []
  const seen = new Set<string>()
  const note: Note = (problem, name, detail) => {
    const id = `${problem} ${name}`
    if (errors.length === errorLimit || seen.has(id)) return
    seen.add(id)
    errors.push({ type: problem, message: detail === undefined ? sentences[problem] : `${sentences[problem]} ${detail}`, data: { name } })
  }
  return { errors, note }
}
