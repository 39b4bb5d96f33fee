import type { JSX } from 'solid-js'

export function MissingPage(): JSX.Element {
  return <h1>MissingPage</h1>
}
