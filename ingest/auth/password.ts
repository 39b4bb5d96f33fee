// Password hashes, used by accounts.ts and the login route. Argon2id with OWASP's minimum (19 MiB, 2 passes: about 35 ms here).
// At most two hashes are computed at once and few may wait, so that a flood of logins can eat neither memory nor all cores.

import { argon2id, hash, verify } from 'argon2'
import { ApiError } from '../../core/errors.ts'

const options = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const maxRunning = 2
const maxWaiting = 50

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= maxRunning) {
    if (waiting.length >= maxWaiting) throw new ApiError('throttled', { headers: { 'retry-after': '5' } })
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else {
    running++
  }
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** A PHC string. Throws `throttled` when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, options))
}

/** The hash of random bytes nobody kept, made with the same options. */
const nobody = '$argon2id$v=19$m=19456,p=1,t=2$tt0wIp8/ides2iVcu38zgg$3anqAb0axPPwyyNxkWPzTUj6kDqtNzvz8DGv0eyjXHU'

/** False for a missing hash too, after the same work as for a present one: an unknown user costs what a wrong password costs. */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const matches = await inTurn(() => verify(passwordHash ?? nobody, password))
  return matches && passwordHash !== undefined
}
