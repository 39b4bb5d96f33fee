// A rule to begin with where a new configuration would join what people took apart (grouping.md 5.5): it gives the events of one of the
// issues a fingerprint of their own. Pure; people see it before it is saved.

import { compileRules } from './rules/compile.ts'
import { formatRule } from './rules/parse-rule.ts'

/** `metadata` as the issue shows it: of its newest event. */
export type Separable = { id: number; metadata: { type?: string; value?: string; title?: string } }

/** Longer texts tend to be cut, and then match nothing. */
const longest = 200

/** Null where no text of theirs tells one from all others. */
export function suggestRule(issues: readonly Separable[]): string | null {
  for (const [field, matcher] of [['type', 'error.type'], ['value', 'error.value'], ['title', 'message']] as const) {
    const texts = issues.map(({ metadata }) => metadata[field] ?? '')
    const index = texts.findIndex((text, at) => text !== '' && text.length <= longest && texts.indexOf(text) === at && texts.lastIndexOf(text) === at)
    if (index === -1) continue
    const line = formatRule({ matchers: [{ negated: false, name: matcher, glob: texts[index]! }], parts: ['{{ default }}', `apart-${issues[index]!.id}`] })
    if ('rules' in compileRules(line)) return line
  }
  return null
}
