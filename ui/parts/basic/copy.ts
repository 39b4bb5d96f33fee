// The clipboard. `navigator.clipboard` is absent on plain http, where many trackers run; execCommand works there
// (ui.md pitfall 13).

/** Must run in a user's click or key press. False when the browser refused. */
export async function copyText(text: string): Promise<boolean> {
  if (window.isSecureContext && 'clipboard' in navigator) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      // Forbidden by policy: the old way may still work.
    }
  }
  const before = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'sr-only'
  // Inside an open dialog the focus trap would take the selection away from an element outside.
  const place = before?.closest('[role=dialog]') ?? document.body
  place.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  if (before instanceof HTMLElement) before.focus()
  return done
}
