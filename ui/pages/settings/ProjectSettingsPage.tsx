import type { JSX } from 'solid-js'

export function ProjectSettingsPage(): JSX.Element {
  return <h1>ProjectSettingsPage</h1>
}
