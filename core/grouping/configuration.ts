// What a generation is folded under: a grouping version and a revision of the project's rules (grouping.md 4, 5.3).

import type { GroupingVersion } from './types.ts'

/** `revision` is the position of a `grouping.revised` decision; 0 = no rules. */
export type Configuration = { version: GroupingVersion; revision: number }

/** `v2`, `v2+1203`: names a configuration in rows and beside keys. */
export function nameConfiguration({ version, revision }: Configuration): string {
  return revision === 0 ? version : `${version}+${revision}`
}

/** The inverse of nameConfiguration, for names it made. */
export function parseConfiguration(name: string): Configuration {
  const [version, revision] = name.split('+')
  return { version: version as GroupingVersion, revision: Number(revision ?? 0) }
}
