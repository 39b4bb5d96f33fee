// How much may be asked at once.

/** Characters. */
export const maxQueryLength = 1_000
/** Each may cost a look-up of its own; words of free text cost nothing more and are not counted. */
export const maxFilters = 20
/** In one value: what they match grows with each. */
export const maxWildcards = 5
