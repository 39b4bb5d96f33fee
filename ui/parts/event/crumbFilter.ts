// Which breadcrumbs match a filter, and what a breadcrumb of a known kind says in one line. Pure.

import type { Breadcrumb } from '../../../core/contract/event.ts'
import type { Level } from '../../../core/contract/issue.ts'
import { levelOf } from './levels.ts'

/** '' = any. */
export type CrumbFilter = { level: Level | ''; category: string; text: string }
export const anyCrumb: CrumbFilter = { level: '', category: '', text: '' }

export const nameCategory = (crumb: Breadcrumb): string => crumb.category ?? crumb.type

export function filterCrumbs(crumbs: readonly Breadcrumb[], filter: CrumbFilter): Breadcrumb[] {
  const wanted = filter.text.trim().toLowerCase()
  return crumbs.filter((crumb) =>
    (filter.level === '' || levelOf(crumb.level) === filter.level) && (filter.category === '' || nameCategory(crumb) === filter.category) && (wanted === '' || textOf(crumb).includes(wanted)))
}

function textOf(crumb: Breadcrumb): string {
  return `${nameCategory(crumb)} ${crumb.message ?? ''} ${crumb.data === null ? '' : JSON.stringify(crumb.data)}`.toLowerCase()
}

/** Its message; of a request or a change of page, what happened; null when only its data can say. */
export function sayCrumb(crumb: Breadcrumb): string | null {
  if (crumb.message !== null && crumb.message !== '') return crumb.message
  const { method, url, status_code: status, from, to } = crumb.data ?? {}
  if (typeof url === 'string') return [typeof method === 'string' ? method.toUpperCase() : null, url, typeof status === 'number' || typeof status === 'string' ? `→ ${status}` : null].filter((part) => part !== null).join(' ')
  return typeof from === 'string' && typeof to === 'string' ? `${from} → ${to}` : null
}
