// Both texts of a project's rules at once, as people write them: what is wrong with them, or what grouping asks and which lines there are.

import type { RuleProblem, RulesText } from '../../contract/grouping.ts'
import type { GroupingConfig } from '../types.ts'
import { compileFrameRules, compileRules } from './compile.ts'

export type RuleLine = { language: RuleProblem['language']; line: number }

/** A text with problems counts as none. Lines without blanks and comments, in order. */
export function compileTexts(text: RulesText): { problems: RuleProblem[]; lines: RuleLine[]; config: Omit<GroupingConfig, 'version'> } {
  const [rules, frameRules] = [compileRules(text.rules), compileFrameRules(text.frameRules)]
  const compiled = [['rules', rules], ['frameRules', frameRules]] as const
  return {
    problems: compiled.flatMap(([language, result]) => ('errors' in result ? result.errors.map((error) => ({ language, ...error })) : [])),
    lines: compiled.flatMap(([language, result]) => ('errors' in result ? [] : result.list.map(({ line }) => ({ language, line })))),
    config: {
      ...('rules' in rules && rules.list.length > 0 && { rules: rules.rules }),
      ...('rules' in frameRules && frameRules.list.length > 0 && { frameRules: frameRules.rules }),
    },
  }
}
