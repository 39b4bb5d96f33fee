// One tab of the browser holds the live stream (HTTP/1.1 allows six connections per host: the seventh tab would stall,
// ui.md pitfall 11). `navigator.locks` elects it; on plain http, where locks are absent, a lease in localStorage does.

export type Leadership = { release: () => void }
export type LeaseStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const leaseKey = 'refold.live.leader'
export const leaseMs = 6000

/** Calls `lead` when this tab becomes the leader; `release` gives it up, or stops waiting for it. */
export function seekLeadership(lead: () => void): Leadership {
  return 'locks' in navigator ? seekLock(navigator.locks, lead) : seekLease({ store: localStorage, me: tabName(), now: Date.now, lead })
}

function seekLock(locks: LockManager, lead: () => void): Leadership {
  const waiting = new AbortController()
  let end = (): void => {}
  const held = new Promise<void>((resolve) => (end = resolve))
  locks.request('refold.live', { signal: waiting.signal }, () => {
    lead()
    return held
  }).catch(() => {})
  return {
    release: () => {
      end()
      waiting.abort()
    },
  }
}

/** A lease is `name until`: renewed every third of its life, free when its time has passed. */
export function seekLease(options: { store: LeaseStore; me: string; now: () => number; lead: () => void }): Leadership {
  const { store, me, now, lead } = options
  let leading = false
  const claim = (): void => {
    const [holder, until] = (store.getItem(leaseKey) ?? '').split(' ')
    const free = !holder || holder === me || Number(until) < now()
    if (!free) return
    store.setItem(leaseKey, `${me} ${now() + leaseMs}`)
    if (leading || holder !== me) return
    // The second claim in a row: nobody else wrote in between.
    leading = true
    lead()
  }
  claim()
  const second = setTimeout(claim, 200)
  const timer = setInterval(claim, leaseMs / 3)
  return {
    release: () => {
      clearTimeout(second)
      clearInterval(timer)
      if (store.getItem(leaseKey)?.startsWith(`${me} `)) store.removeItem(leaseKey)
    },
  }
}

/** crypto.randomUUID is absent on plain http; this needs no secrecy. */
const tabName = (): string => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('')
