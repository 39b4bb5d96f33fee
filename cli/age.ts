// How long ago something was, as short as a column of a table wants it.

const steps = [['y', 31_536_000], ['mo', 2_592_000], ['d', 86_400], ['h', 3_600], ['m', 60], ['s', 1]] as const

/** `3m ago`; `time` is ISO 8601. What lies ahead of the clock is `now`, too. */
export function formatAge(time: string, now = Date.now()): string {
  const seconds = Math.floor((now - Date.parse(time)) / 1_000)
  const step = steps.find(([, size]) => seconds >= size)
  return step ? `${Math.floor(seconds / step[1])}${step[0]} ago` : 'now'
}
