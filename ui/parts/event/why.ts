// Why an event is in its issue, as one sentence. Pure. The strategies are those of grouping v1 (core/grouping).

import type { GroupingInfo } from '../../../core/contract/event.ts'

/** Whether a frame is part of the key, and why. */
export type Verdict = NonNullable<GroupingInfo['frames']>['exceptions'][number][number]
export type Verdicts = NonNullable<GroupingInfo['frames']>

const sentences: Record<string, string> = {
  'exception-stack': 'Same exception type and the same path through your code. The message is not used, because there is a stack trace.',
  'exception-system-stack': 'Same exception type and the same path through library code, because no frame is in your code. The message is not used.',
  'exception-message': 'Same exception type and message, with numbers and ids left out. There is no usable stack trace.',
  'thread-stack': 'Same message from the same place in the code of the crashed thread.',
  'message-stack': 'Same message from the same place in the code.',
  message: 'Same message, with numbers and ids left out.',
  template: 'Same line of the same template.',
  security: 'Same directive and the same blocked address.',
  builtin: 'A rule that comes with Refold names these errors.',
  fingerprint: 'The SDK sent its own fingerprint, and nothing else is used.',
  fallback: 'The event says nothing to group by, so all such events are together.',
}

/* Grouping v1 reads only these, and reads them raw. */
const sentencesOfV1: Record<string, string> = {
  exception: 'Same exception type, same first line of its message and same transaction. The stack trace is not used.',
  message: 'Same first line of the message and same transaction.',
  fallback: 'Same transaction: the event has neither an exception nor a message.',
}

/** `hybrid+…` is a fingerprint that includes the default grouping. */
export function explainGrouping(grouping: Pick<GroupingInfo, 'strategy' | 'rule'> & { version: string }): string {
  if (grouping.strategy === 'fingerprint' && grouping.rule) return 'A rule of this project decides, and nothing else is used.'
  const hybrid = grouping.strategy.startsWith('hybrid+')
  const base = hybrid ? grouping.strategy.slice('hybrid+'.length) : grouping.strategy
  const sentence = (grouping.version === 'v1' ? sentencesOfV1[base] : undefined) ?? sentences[base] ?? `Grouped by ${base}.`
  return hybrid ? `${grouping.rule ? 'A rule of this project' : "The SDK's fingerprint"}, and in it: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}` : sentence
}

const components: Record<string, string> = {
  F: 'fingerprint', D: 'default grouping begins', '/': 'default grouping ends', E: 'exception', t: 'type', n: 'error domain', c: 'error code',
  f: 'app frame', s: 'library frame', l: 'crash line', m: 'message', M: 'log message', x: 'transaction', k: 'kind', d: 'directive',
  u: 'blocked', b: 'built-in rule', p: 'template', 0: 'nothing to group by',
}

/** The tag of a component in words (grouping.md 1). */
export function nameComponent(tag: string): string {
  return components[tag] ?? tag
}

/** A frame's value is `location U+001F function`; both parts, or the whole when it is no frame. */
export function describeComponent(value: string): string {
  const [location, name] = value.split('\u001f')
  return name === undefined ? value : [location, name].filter((part) => part !== '').join(' in ')
}
