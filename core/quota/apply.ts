// Which quotas one key is under: its own, those of its project, those of the installation. Worked out once for each read of the key;
// core/quota/count.ts counts against them.

import { categories, defaultQuotas, errorCategories, type Category } from './categories.ts'
import type { Quota } from './quota.ts'

export type Scope = 'key' | 'project' | 'organization'

/** A quota and whose it is. Two with one `id` are counted together. */
export type AppliedQuota = {
  id: string
  scope: Scope
  /** As in the header and in the outcome: only letters and `_` (protocol 3.1). */
  reason: `${Scope}_quota`
  categories: readonly Category[]
  /** One bit for each of `categories`. */
  mask: number
  count: number
  /** Seconds. */
  window: number
}

export type QuotaSources = {
  keyId: number
  /** Of the key: errors only. */
  rateLimit: { count: number; window: number } | null
  projectId: number
  /** Null = `defaultQuotas`. */
  project: readonly Quota[] | null
  organization: readonly Quota[]
}

export function listQuotas({ keyId, rateLimit, projectId, project, organization }: QuotaSources): AppliedQuota[] {
  const own = rateLimit ? [{ ...rateLimit, categories: [...errorCategories] }] : []
  const applied = new Map<string, AppliedQuota>()
  const add = (scope: Scope, owner: number, quotas: readonly Quota[]): void => {
    for (const quota of quotas) {
      const next = applyQuota(scope, owner, quota)
      const same = applied.get(next.id)
      if (same === undefined || next.count < same.count) applied.set(next.id, next)
    }
  }
  add('key', keyId, own)
  add('project', projectId, project ?? defaultQuotas)
  add('organization', 0, organization)
  return [...applied.values()]
}

function applyQuota(scope: Scope, owner: number, quota: Quota): AppliedQuota {
  const listed = categories.filter((category) => linked(category).some((name) => quota.categories.includes(name)))
  const mask = listed.reduce((bits, category) => bits | bitOf(category), 0)
  // Without the count: whoever changes it does not begin the window anew.
  const id = `${scope}:${owner}:${quota.window}:${mask}`
  return { id, scope, reason: `${scope}_quota`, categories: listed, mask, count: quota.count, window: quota.window }
}

/** What is limited together: errors (protocol 2.9), and logs, of which SDKs know two measures. */
function linked(category: Category): readonly Category[] {
  if (errorCategories.includes(category)) return errorCategories
  return category === 'log_item' || category === 'log_byte' ? ['log_item', 'log_byte'] : [category]
}

const bits = new Map<string, number>(categories.map((category, index) => [category, 1 << index]))
// Nobody may fill the disk with types we do not know: they count with what is kept only for its own sake.
bits.set('unknown', bits.get('metric_bucket')!)

/** 0 = never limited: `internal`. */
export function bitOf(category: string): number {
  return bits.get(category) ?? 0
}
