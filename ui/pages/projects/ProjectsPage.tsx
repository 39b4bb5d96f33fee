import type { JSX } from 'solid-js'

export function ProjectsPage(): JSX.Element {
  return <h1>ProjectsPage</h1>
}
