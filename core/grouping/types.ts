// What grouping takes and gives (grouping.md 1). Types only: the UI shows a Grouping without loading the algorithms.

export type GroupingConfig = { version: 'v1' }

/**
 * One part of what a key is made of. Tags: `F` fingerprint part, `D` and `/` begin and end of the default components
 * inside a mixed fingerprint, `t` type, `m` message beside an exception, `M` log message, `x` transaction, `0` fallback.
 */
export type Component = [tag: string, value: string]

export type Grouping = {
  /** `domain:32 hex digits`. */
  key: string
  /** The domain: `fp` where no algorithm had a say. */
  version: 'fp' | 'v1'
  strategy: string
  /** Exactly what is hashed. */
  components: Component[]
  /** What was ignored or replaced, and why, as sentences. */
  notes: string[]
}

/** What the default strategies of a version answer; the front end makes the key. */
export type Contribution = { strategy: string; components: Component[]; notes: string[] }
