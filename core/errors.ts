// Every error the API answers: code, status, message. The same table stands in docs/api.md.
// SDK-side answers are Relay's texts (protocol 2.3, 2.7) and live beside their code in ingest/sdk.

export const errorTable = {
  moved: [301, 'This issue has another id now.'],
  unauthenticated: [401, 'Authentication credentials were not provided.'],
  badToken: [401, 'Invalid token.'],
  badLogin: [401, 'Email or password is wrong.'],
  forbidden: [403, 'You do not have permission to perform this action.'],
  foreignOrigin: [403, 'This request came from another site. Use the app itself, or an API token.'],
  notFound: [404, 'The requested resource does not exist.'],
  eventGone: [404, 'This event is not stored. It may have been removed by retention, or the id is wrong.'],
  methodNotAllowed: [405, 'Method not allowed.'],
  conflict: [409, 'This was changed by someone else in the meantime. Reload and try again.'],
  generationLive: [409, 'This generation is the live one.'],
  generationDiscarded: [409, 'This generation was discarded. Ask for a new one.'],
  notBuilding: [409, 'This generation is not being built.'],
  notBuilt: [409, 'This generation is not built completely yet, so it cannot be applied.'],
  previewStale: [409, 'Preview is out of date. Build it again.'],
  conflictsOpen: [409, 'People kept apart what this generation would bring together. Accept each conflict, or write a rule.'],
  parkedMore: [409, 'More facts could not be folded in this generation than in the live one, so it cannot be applied.'],
  noRollback: [409, 'There is nothing to roll back to.'],
  ownerExists: [409, 'This installation already has an owner. Sign in instead.'],
  lastOwner: [409, 'This is the only owner. Make somebody else an owner first.'],
  inviteUsed: [409, 'This invitation has been used. Sign in instead.'],
  inviteExpired: [410, 'This invitation has expired. Ask for a new one.'],
  slugTaken: [409, 'A project with this slug already exists.'],
  badRequest: [400, 'The request is not valid.'],
  searchTooSlow: [400, 'This search takes too long. Narrow it: fewer wildcards, longer words, a release or a shorter time.'],
  readOnly: [400, 'Only the live generation can be changed. Leave out ?generation=.'],
  badRules: [400, 'These rules have problems.'],
  bodyTooLarge: [413, 'The request body is too large.'],
  previewNeeded: [422, 'Preview it first: GET …/diff/ gives the token.'],
  throttled: [429, 'Too many attempts. Wait a minute, then try again.'],
  notYet: [503, 'Your change is stored, but its projection is still catching up. Try again in a moment.'],
  regrouping: [503, 'The grouping of this project is being changed, so nothing was done. Try again in a moment.'],
  unavailable: [503, 'The database cannot be reached. Try again in a moment.'],
  internal: [500, 'Internal error. The request id names the log line.'],
} as const satisfies Record<string, readonly [number, string]>

export type ErrorCode = keyof typeof errorTable

/** Thrown by routes, turned into `{"detail": message}` by ingest/problems.ts, `more` beside it. `fields` makes it a 400 with one list per field. */
export class ApiError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly fields: Record<string, string[]> | undefined
  readonly headers: Record<string, string>
  readonly more: Record<string, unknown>
  constructor(code: ErrorCode, options: { detail?: string; fields?: Record<string, string[]>; headers?: Record<string, string>; more?: Record<string, unknown> } = {}) {
    super(options.detail ?? errorTable[code][1])
    this.code = code
    this.status = errorTable[code][0]
    this.fields = options.fields
    this.headers = options.headers ?? {}
    this.more = options.more ?? {}
  }
}
