import type { JSX } from 'solid-js'

export function LoginPage(): JSX.Element {
  return <h1>LoginPage</h1>
}
