// `events/{event}/attachments/`: the list, and each file out of the log. What an SDK sent is never a page of ours: it is a
// download, and only pictures of a few harmless formats are shown in place (protocol 5.6).

import type { FastifyInstance } from 'fastify'
import type { Attachment } from '../../core/contract/intake.ts'
import { formatDisposition } from '../../core/attachment.ts'
import { ApiError } from '../../core/errors.ts'
import { readItemAt } from '../decode/at.ts'
import { readEventId } from '../issues/search.ts'
import { findProjectFor } from '../projects/routes.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { findAttachment, listAttachments, type AttachmentPlace } from './queries.ts'

const path = '/api/0/projects/:org/:project/events/:event/attachments/'
/** By their first bytes, whatever the SDK called them. */
const pictures: readonly [type: string, start: readonly number[]][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
]

export function registerAttachmentReads(app: FastifyInstance, { pool }: ReadDeps): void {
  reflectPosition(app, pool)
  app.get<{ Params: { project: string; event: string } }>(path, async (request, reply): Promise<Attachment[]> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    return listAttachments(pool, project.id, [readId(request.params.event)])
  })

  app.get<{ Params: { project: string; event: string; attachment: string }; Querystring: { download?: string } }>(`${path}:attachment/`, async (request, reply) => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const place = readPlace(request.params.attachment)
    const found = place && (await findAttachment(pool, project.id, readId(request.params.event), place))
    if (!found) throw new ApiError('notFound')
    if (request.query.download === undefined) return found
    const bytes = await readItemAt(pool, project.id, place.position, place.item)
    if (bytes === null) throw new ApiError('eventGone')
    const picture = pictures.find(([, start]) => start.every((byte, index) => bytes[index] === byte))?.[0]
    reply.headers({
      'content-type': picture ?? 'application/octet-stream',
      'content-disposition': formatDisposition(picture ? 'inline' : 'attachment', found.name),
      'content-security-policy': "default-src 'none'; sandbox",
    })
    return reply.send(Buffer.from(bytes))
  })
}

function readId(text: string): string {
  const id = readEventId(text)
  if (!id) throw new ApiError('notFound')
  return id
}

function readPlace(text: string): AttachmentPlace | null {
  const match = /^(\d{1,15})-(\d{1,4})$/.exec(text)
  return match && { position: Number(match[1]), item: Number(match[2]) }
}
