// A stack of native code, walked from its base: what starts threads, what raises errors and the system's own calls say
// nothing about the program (grouping.md 3.5).

import { readText } from '../front.ts'
import type { Frame, Identity, Skip } from './frame.ts'
import { identify } from './identity.ts'
import { isSystemPackage, type Origin } from './origin.ts'
import { cleanNativeFunction, judgeNativeFunction } from './platform/native.ts'

const threadBase: Skip = { reason: 'thread base' }
const beforeBase: Skip = { reason: 'older than the thread base' }
const raising: Skip = { reason: 'raises the error' }
const afterRaising: Skip = { reason: 'newer than what raised the error' }
const inSystem: Skip = { reason: 'inside the system' }

/** One identity per frame, oldest first. What a rule of the project calls the application's is none of the system's. */
export function walkNative(frames: Frame[], origins: Origin[]): Identity[] {
  const identities: Identity[] = frames.map(() => afterRaising)
  const isSystem: boolean[] = []
  let first = 0
  let hasAny = false
  let end = 0
  for (; end < frames.length; end++) {
    const frame = frames[end]!
    const identity = identify(frame)
    identities[end] = identity
    isSystem.push(false)
    if (typeof identity !== 'string') continue
    if (frame.family === 'native') {
      const role = judgeNativeFunction(frame.name, cleanNativeFunction(frame.name))
      if (role === 'base') {
        for (let older = first; older < end; older++) identities[older] = beforeBase
        identities[end] = threadBase
        first = end + 1
        hasAny = false
        continue
      }
      if (role === 'raising') {
        identities[end] = raising
        if (hasAny) break
        continue
      }
      const isClaimed = origins[end]!.line !== undefined && origins[end]!.kind === 'application'
      isSystem[end] = !isClaimed && (role === 'runtime' || isSystemPackage(readText(frame.sent.package)))
    }
    hasAny = true
  }
  shortenSystem(identities, isSystem, first, end)
  return identities
}

/** Of neighbouring system frames, those without a name not counted, the first one stays: what the program called. */
function shortenSystem(identities: Identity[], isSystem: boolean[], first: number, end: number): void {
  let run: number[] = []
  const close = (isAtCrash: boolean): void => {
    const [called] = run
    if (called === undefined) return
    const identity = identities[called]
    const stays = (run.length > 1 || isAtCrash) && typeof identity === 'string' && !identity.startsWith('\u001F_') && !identity.startsWith('\u001Fstd::_')
    for (const index of run) if (index !== called || !stays) identities[index] = inSystem
    run = []
  }
  for (let index = first; index < end; index++) {
    if (typeof identities[index] !== 'string') continue
    if (isSystem[index]) run.push(index)
    else close(false)
  }
  close(true)
}
