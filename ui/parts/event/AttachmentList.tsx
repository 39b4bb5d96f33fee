// Files that came with an event or with feedback. A name is text; what it holds is only ever downloaded.

import { For } from 'solid-js'
import type { Attachment } from '../../../core/contract/intake.ts'
import { project, projectPath } from '../../data/session.ts'
import { apiUrl } from '../../data/api.ts'
import { formatBytes } from '../basic/format.ts'
import { Plain } from './Plain.tsx'

export function AttachmentList(props: { files: readonly Attachment[] }) {
  const href = (file: Attachment): string => apiUrl(projectPath(project() ?? '', `events/${file.event_id}/attachments/${file.id}/`), { download: 1 })
  return (
    <ul class="attachments" role="list">
      <For each={props.files}>
        {(file) => (
          <li>
            <a class="link" href={href(file)} download=""><Plain text={file.name} limit={200} /></a>{' '}
            <span class="meta">{formatBytes(file.size)} · <Plain text={file.type === 'event.attachment' ? file.mimetype : file.type.replace('event.', '')} limit={100} /></span>
          </li>
        )}
      </For>
    </ul>
  )
}
