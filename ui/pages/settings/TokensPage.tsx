import type { JSX } from 'solid-js'

export function TokensPage(): JSX.Element {
  return <h1>TokensPage</h1>
}
