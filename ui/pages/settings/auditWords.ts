// The events of the audit log in words, and in groups for the filter. The server lists which there are; one without words here is
// named by itself.

const kindLabels: Record<string, string> = {
  issue: 'Issues', comment: 'Comments', project: 'Projects', key: 'Keys', organization: 'Organization', grouping: 'Grouping', release: 'Releases', deploy: 'Deploys', member: 'Members', token: 'Tokens', view: 'Views',
}

const verbs: Record<string, string> = {
  ignored: 'archived', configured: 'settings changed', requested: 'generation asked for', applied: 'generation applied', discarded: 'generation discarded', revised: 'rules changed', uninvited: 'invitation taken back',
}

/** `issue.ignored` -> `archived`. */
export function eventLabel(event: string): string {
  const verb = event.slice(event.indexOf('.') + 1)
  return verbs[verb] ?? verb.replaceAll('_', ' ')
}

export type EventKind = { name: string; label: string; events: readonly string[] }

/** In the order in which the server lists them. */
export function eventKinds(events: readonly string[]): EventKind[] {
  const byKind = Map.groupBy(events, (event) => event.slice(0, event.indexOf('.')))
  return [...byKind].map(([name, own]) => ({ name, label: kindLabels[name] ?? name, events: own }))
}
