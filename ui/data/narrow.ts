// What narrows a list beside its search text: environments and a span of time, in the words of the API and of the
// address (ui.md 8.1). The stream and the events of an issue are narrowed the same way.

/** `statsPeriod` like `24h`, counted back from now; or ISO times. All null = any time. No environment = all. */
export type Narrow = { environment: readonly string[]; statsPeriod: string | null; start: string | null; end: string | null }

export const anything: Narrow = { environment: [], statsPeriod: null, start: null, end: null }

export function readNarrow(params: URLSearchParams): Narrow {
  const read = (name: string): string | null => (params.get(name) === '' ? null : params.get(name))
  return { environment: params.getAll('environment'), statsPeriod: read('statsPeriod'), start: read('start'), end: read('end') }
}

export const hasSpan = ({ statsPeriod, start, end }: Omit<Narrow, 'environment'>): boolean => statsPeriod !== null || start !== null || end !== null

export const isNarrowed = (narrow: Narrow): boolean => narrow.environment.length > 0 || hasSpan(narrow)

/** Adds what is not open. */
export function writeNarrow(params: URLSearchParams, narrow: Narrow): void {
  for (const environment of narrow.environment) params.append('environment', environment)
  for (const name of ['statsPeriod', 'start', 'end'] as const) {
    const value = narrow[name]
    if (value !== null && value !== '') params.set(name, value)
  }
}
