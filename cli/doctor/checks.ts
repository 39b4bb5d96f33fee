// All checks, in the order in which a person would go through them: pure functions of the facts.

import { checkAddress, checkClocks, checkOwner } from './address.ts'
import { checkDatabase } from './database.ts'
import { checkDataDir, checkSpace, checkSpool } from './disk.ts'
import { checkConfiguration, checkNode, checkProxies, checkSecret, checkSuperuser } from './environment.ts'
import type { Facts, Finding } from './facts.ts'

const checks: readonly ((facts: Facts) => Finding | Finding[])[] = [
  checkNode, checkConfiguration, checkDataDir, checkSpace, checkDatabase, checkSpool, checkClocks, checkAddress, checkProxies, checkOwner, checkSuperuser, checkSecret,
]

export function judge(facts: Facts): Finding[] {
  return checks.flatMap((check) => check(facts))
}
