// A project key as the API shows it; commands and reads answer the same shape.

import type { ProjectKey } from '../contract/project.ts'

export type KeyRow = { id: number; project: number; publicKey: string; label: string; isActive: boolean; rateLimit: { count: number; window: number } | null; createdAt: Date }

/** What an SDK is configured with; `publicUrl` is an origin. */
export function formatDsn(publicUrl: string, publicKey: string, project: number): string {
  return publicUrl.replace('://', `://${publicKey}@`) + `/${project}`
}

export function presentKey(publicUrl: string, key: KeyRow): ProjectKey {
  return {
    id: String(key.id),
    name: key.label,
    label: key.label,
    public: key.publicKey,
    isActive: key.isActive,
    dateCreated: key.createdAt.toISOString(),
    dsn: { public: formatDsn(publicUrl, key.publicKey, key.project) },
    rateLimit: key.rateLimit,
  }
}
