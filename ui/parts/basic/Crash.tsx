// What stands where a component has thrown: that it has, a way to try again, and the details to hand over. They are not sent
// anywhere by themselves.

import type { JSX } from 'solid-js'
import { Button } from './Button.tsx'
import { CopyButton } from './CopyButton.tsx'

export function Crash(props: { error: unknown; reset: () => void }): JSX.Element {
  const named = (): string => (props.error instanceof Error ? `${props.error.name}: ${props.error.message}` : String(props.error))
  const details = (): string => [named(), `Address: ${location.href}`, `Browser: ${navigator.userAgent}`, `Time: ${new Date().toISOString()}`, props.error instanceof Error ? props.error.stack : ''].join('\n')
  return (
    <div class="notice" data-kind="error" data-crash role="alert">
      <p>
        <strong>This part failed.</strong> {named()}
      </p>
      <span class="flex flex-wrap gap-2">
        <Button onClick={() => props.reset()}>Try again</Button>
        <CopyButton text={details()} label="Copy details" />
      </span>
    </div>
  )
}
