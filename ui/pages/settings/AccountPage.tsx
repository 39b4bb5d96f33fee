import type { JSX } from 'solid-js'

export function AccountPage(): JSX.Element {
  return <h1>AccountPage</h1>
}
