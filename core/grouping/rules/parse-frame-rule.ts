// A line of the frame rules (grouping.md 4), from its text and back: `[!]matcher:glob … +app | -app | drop`.

import type { FrameAction } from '../types.ts'
import { formatMatcher, readMatcher, type ParsedMatcher } from './matcher.ts'
import { frameActions, frameRuleMatchers, ruleLimits } from './reference.ts'
import { isProblem, skipBlanks, type Problem } from './words.ts'

/** `text` is the line without the blanks around it, `line` its number from 1. */
export type ParsedFrameRule = { line: number; text: string; matchers: ParsedMatcher[]; action: FrameAction['action'] }

export type FrameRuleContent = Pick<ParsedFrameRule, 'matchers' | 'action'>

const choice = '`+app`, `-app` or `drop`'

/** The first thing that is wrong with the line, if something is. */
export function parseFrameRule(line: string): FrameRuleContent | Problem {
  const matchers: ParsedMatcher[] = []
  let at = skipBlanks(line, 0)
  while (at < line.length) {
    const word = /\S+/y
    word.lastIndex = at
    const [found] = word.exec(line) ?? []
    const action = frameActions.find((known) => known.word === found)
    if (action) return finish(line, matchers, at, action)
    if (found && /^[-+^]/.test(found)) return { at, message: `the action is ${choice}` }
    if (matchers.length === ruleLimits.matchers) return { at, message: `more than ${ruleLimits.matchers} matchers: write two rules, or a glob that says more` }
    const read = readMatcher(line, at, frameRuleMatchers)
    if (isProblem(read)) return read
    matchers.push(read.matcher)
    at = skipBlanks(line, read.end)
  }
  return { at, message: `no action: end the line with ${choice}` }
}

function finish(line: string, matchers: ParsedMatcher[], at: number, { word, action }: (typeof frameActions)[number]): FrameRuleContent | Problem {
  if (matchers.length === 0) return { at, message: `empty side: write a matcher before \`${word}\`, such as \`stack.module:acme.*\`` }
  const end = skipBlanks(line, at + word.length)
  return end === line.length ? { matchers, action } : { at: end, message: `nothing may stand after \`${word}\`: one action a line` }
}

/** One line that parses to the same content. Line breaks, which only a form can hold, become blanks. */
export function formatFrameRule({ matchers, action }: FrameRuleContent): string {
  const word = frameActions.find((known) => known.action === action)?.word ?? ''
  return [...matchers.map(formatMatcher), word].join(' ').replaceAll(/[\r\n]+/g, ' ')
}
