// "copy" beside a value: quiet, so that fifty of them do not shout.

import { copyText } from '../basic/copy.ts'
import { showToast } from '../basic/Toast.tsx'
import { copyTextOf } from './value.ts'
import { toVisible } from './visible.ts'

export function CopyValue(props: { name: string; value: unknown }) {
  const copy = async () => showToast({ text: (await copyText(copyTextOf(props.value))) ? 'Copied' : 'Copying was refused. Select the text instead.' })
  return <button type="button" class="pair-copy" aria-label={`copy ${toVisible(props.name, 40)}`} onClick={() => void copy()}>copy</button>
}
