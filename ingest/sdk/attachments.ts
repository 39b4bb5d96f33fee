// Files that belong to an event which was sent before (protocol 5.6).
import type { FastifyRequest } from 'fastify'
import { nilEventId, normaliseEventId } from '../../core/envelope/event-id.ts'
import { attachmentItem, openComposed } from './compose.ts'
import { readContentType } from './content-type.ts'
import type { Decoded } from './decode.ts'
import { isRejection, rejections } from './errors.ts'
import { readForm } from './multipart.ts'
import type { Way } from './receive.ts'

export const attachmentsWay: Way = { category: 'attachment', namedInBody: false, silentLimits: false, open: openAttachments }

function openAttachments({ plain }: Decoded, request: FastifyRequest): ReturnType<Way['open']> {
  const eventId = normaliseEventId((request.params as { event: string }).event)
  if (eventId === null || eventId === nilEventId) return rejections.badEventId
  const form = readForm(plain, readContentType(request.raw))
  if (isRejection(form)) return form
  const items = form.files.map((file) => attachmentItem({ ...file, name: file.name || file.field }, 'event.attachment'))
  return openComposed({ event_id: eventId }, items, request)
}
