import type { JSX } from 'solid-js'

export function SetupPage(): JSX.Element {
  return <h1>SetupPage</h1>
}
