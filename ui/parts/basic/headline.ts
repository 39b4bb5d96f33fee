// How an issue is headed: one bold part, and what stands behind it. The texts are as sent: show them through Plain or LongText.

import type { Issue } from '../../../core/contract/issue.ts'

/** The title that a rule or a message gives, else the exception's type. */
export const typeOf = (issue: Pick<Issue, 'metadata' | 'title'>): string => issue.metadata.title ?? issue.metadata.type ?? issue.title

/** The exception's value, with its type where a rule's title has its place; '' of a message. */
export function valueOf({ metadata: { title, type, value = '' } }: Pick<Issue, 'metadata'>): string {
  if (type === undefined) return ''
  return title === undefined ? value : [type, value].filter((text) => text !== '').join(': ')
}

export const firstLine = (text: string): string => text.trim().split(/\r?\n/, 1)[0] ?? ''
