// Batches come faster than anybody reads: what is told of one project or generation is told at most so often, and what happens in
// between is told together.

export type Pace = {
  /** `send` follows: at once, or when the time since the last one is over. */
  ask(id: number): void
  stop(): void
}

export function createPace(everyMs: number, send: (id: number) => void): Pace {
  const waiting = new Map<number, NodeJS.Timeout>()
  const sentAt = new Map<number, number>()
  return {
    ask(id) {
      if (waiting.has(id)) return
      const wait = Math.max(0, (sentAt.get(id) ?? -everyMs) + everyMs - performance.now())
      waiting.set(id, setTimeout(() => {
        waiting.delete(id)
        sentAt.set(id, performance.now())
        send(id)
      }, wait))
    },
    stop() {
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}
