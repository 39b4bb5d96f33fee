// What grouping takes and gives (grouping.md 1). Types only: the UI shows a Grouping without loading the algorithms.

export type GroupingVersion = 'v1' | 'v2'

/** A generation's configuration, ready to use. Absent rules = none. */
export type GroupingConfig = { version: GroupingVersion; rules?: CompiledRules; frameRules?: CompiledFrameRules }

/** A project's fingerprint rules, compiled once per revision (core/grouping/rules). Total, and bounded whatever the event holds. */
export type CompiledRules = { readonly match: (event: { [key: string]: unknown }) => RuleMatch | undefined }

/** The first rule that matched. `parts` as written, variables not yet filled in; `line` counts from 1; `text` is that line without its blanks. */
export type RuleMatch = { parts: readonly string[]; title?: string; line: number; text: string }

/** `javascript` is node too; `native` is cocoa, c, objc and swift too. */
export type Family = 'javascript' | 'native' | 'other'

/** A project's frame rules: the last that matches decides; undefined = none does. `errorType` is of the exception the frame belongs to, '' in threads. */
export type CompiledFrameRules = { readonly judge: (frame: { [key: string]: unknown }, about: { family: Family; errorType: string }) => FrameAction | undefined }
export type FrameAction = { action: 'app' | 'library' | 'drop'; line: number; text: string }

/**
 * One part of what a key is made of. Tags: `F` fingerprint part, `D` and `/` begin and end of the default components
 * inside a mixed fingerprint, `E` an exception begins, `t` type, `n` and `c` domain and code of an NSError, `f` application
 * frame, `s` library frame, `l` crash line (of a template: its line), `m` message beside an exception or stack, `M` log message,
 * `x` transaction (v1), `k` `d` `u` security kind, directive, blocked, `b` built-in, `p` template, `0` fallback.
 * A frame's value is `location U+001F function`.
 */
export type Component = [tag: string, value: string]

export type Grouping = {
  /** `domain:32 hex digits`. */
  key: string
  /** The domain: `fp` where no algorithm had a say. */
  version: 'fp' | GroupingVersion
  strategy: string
  /** Exactly what is hashed. */
  components: Component[]
  /** What was ignored or replaced, and why, as sentences. */
  notes: string[]
  /** The title that the project's rule gives, variables filled in. */
  title?: string
  /** The project's rule that replaced the fingerprint. */
  rule?: { line: number; text: string }
}

/** What the default strategies of a version answer; the front end makes the key. */
export type Contribution = { strategy: string; components: Component[]; notes: string[] }

/** What became of one frame: whether it is part of the key, in plain words why, and the line of the frame rule that decided. */
export type FrameVerdict = { used: boolean; reason: string; line?: number }

/**
 * Of each exception's frames, and of the thread's or the event's own if they were looked at; in payload order, entries that
 * are no objects left out.
 */
export type FrameVerdicts = { exceptions: FrameVerdict[][]; thread?: FrameVerdict[] }

/** Filled on request while the key is computed; frames missing in it had no say. The keys are the frames of the event itself. */
export type FrameTrace = Map<object, FrameVerdict>

/** The first difference of two groupings; `index` counts components, a side that ends before it is absent. */
export type Difference = { index: number; a?: Component; b?: Component; text: string }
