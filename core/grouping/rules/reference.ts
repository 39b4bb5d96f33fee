// The words of the two rule languages (grouping.md 4 and 1.1): what the parser accepts is what the editor completes and
// the page of rules lists. No imports, so that the app can load it alone.

/** What a matcher looks at: the event itself, one exception of it, or one frame of any of its stacks. */
export type MatcherScope = 'event' | 'exception' | 'frame'

export type RuleWord = { name: string; short?: string; description: string }

/** `path`: `\` is `/`, a leading `/` is optional, `*` and `?` stop at `/`. `values`: the only ones, instead of a glob. */
export type MatcherWord = RuleWord & { scope: MatcherScope; ignoresCase?: true; path?: true; values?: readonly string[] }

/** Matchers of fingerprint rules. `tags.X` stands for every tag. */
export const ruleMatchers: readonly MatcherWord[] = [
  { name: 'error.type', short: 'type', scope: 'exception', description: 'type of an exception' },
  { name: 'error.value', short: 'value', scope: 'exception', ignoresCase: true, description: 'text of an exception' },
  { name: 'stack.function', short: 'function', scope: 'frame', description: 'function of a frame' },
  { name: 'stack.module', short: 'module', scope: 'frame', description: 'module of a frame' },
  { name: 'stack.abs_path', short: 'path', scope: 'frame', ignoresCase: true, path: true, description: 'path of a frame, else its file name' },
  { name: 'stack.package', short: 'package', scope: 'frame', ignoresCase: true, path: true, description: 'package or library file of a frame' },
  { name: 'app', scope: 'frame', values: ['yes', 'no'], description: 'whether the SDK marked the frame as yours' },
  { name: 'message', scope: 'event', ignoresCase: true, description: 'log message, or the text of any exception' },
  { name: 'transaction', scope: 'event', description: 'transaction, such as a route' },
  { name: 'logger', scope: 'event', description: 'name of the logger' },
  { name: 'level', scope: 'event', ignoresCase: true, description: 'fatal, error, warning, info or debug' },
  { name: 'release', scope: 'event', description: 'release' },
  { name: 'environment', scope: 'event', description: 'environment' },
  { name: 'sdk', scope: 'event', description: 'name of the SDK, such as sentry.python' },
  { name: 'family', scope: 'event', values: ['javascript', 'native', 'other', 'all'], description: 'family of the platform; a list with commas, or all' },
  { name: 'tags.X', scope: 'event', description: 'value of the tag X' },
]

/** Matchers of frame rules: all of them look at the frame that is judged, and `error.type` at its exception. */
export const frameRuleMatchers: readonly MatcherWord[] = ruleMatchers.filter(({ scope, name }) => scope === 'frame' || name === 'family' || name === 'error.type')

export const frameActions = [
  { word: '+app', action: 'app', description: 'the frame is yours' },
  { word: '-app', action: 'library', description: 'the frame is a library’s' },
  { word: 'drop', action: 'drop', description: 'the frame never counts' },
] as const

/** What stands between `{{` and `}}` in parts and titles; `default` only as a whole part. */
export const ruleVariables: readonly RuleWord[] = [
  { name: 'default', description: 'what the event would be grouped by without the rule' },
  { name: 'error.type', short: 'type', description: 'type of the last exception' },
  { name: 'error.value', short: 'value', description: 'text of the last exception' },
  { name: 'message', description: 'log message, else the text of the last exception, without what changes from event to event' },
  { name: 'transaction', description: 'transaction' },
  { name: 'level', description: 'level' },
  { name: 'logger', description: 'name of the logger' },
  { name: 'release', description: 'release' },
  { name: 'environment', description: 'environment' },
  { name: 'stack.function', short: 'function', description: 'function of the last frame of yours in the last exception, else of its last frame' },
  { name: 'stack.module', short: 'module', description: 'module of that frame' },
  { name: 'stack.abs_path', short: 'path', description: 'path of that frame' },
  { name: 'tags.X', description: 'value of the tag X' },
]

/** Bounds of a text of rules; lengths in UTF-16 units. */
export const ruleLimits = { bytes: 65_536, lines: 500, lineLength: 2_000, matchers: 16, parts: 16, wildcards: 8, errors: 100 } as const

/** The word of that name or short name; any `tags.…` with a name is `tags.X`. */
export function findWord<T extends RuleWord>(words: readonly T[], name: string): T | undefined {
  if (name.startsWith('tags.')) return name === 'tags.' ? undefined : words.find((word) => word.name === 'tags.X')
  return words.find((word) => word.name === name || word.short === name)
}

/** The names as one list for an error: `a`, `b` … */
export function listWords(words: readonly RuleWord[]): string {
  return words.map(({ name, short }) => (short ? `${name} (${short})` : name)).join(', ')
}
