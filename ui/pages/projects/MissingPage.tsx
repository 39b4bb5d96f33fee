// An address that no page has.

import { A } from '@solidjs/router'
import type { JSX } from 'solid-js'
import { usePageTitle } from '../../parts/shell/page.ts'

export function MissingPage(): JSX.Element {
  usePageTitle(() => 'No such page')
  return (
    <div class="empty">
      <h1 class="text-xl">No such page</h1>
      <p>The address is wrong, or the page has moved.</p>
      <A class="btn" href="/projects">
        All projects
      </A>
    </div>
  )
}
