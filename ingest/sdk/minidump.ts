// Crashes of native programs: a minidump, alone or in a form with what the program knew (protocol 2.11). It goes into the log as an
// envelope of an event and attachments.
import type { FastifyRequest } from 'fastify'
import { InflateError } from '../../core/envelope/inflate.ts'
import { addMinidump } from '../../core/minidump/event.ts'
import { hasDumpSignature } from '../../core/minidump/reader.ts'
import { attachmentItem, jsonItem, openComposed } from './compose.ts'
import type { NewFile, NewItem } from './compose.ts'
import { readContentType } from './content-type.ts'
import { inflateBounded } from './decode.ts'
import type { Decoded } from './decode.ts'
import { isRejection, rejections } from './errors.ts'
import type { Rejection } from './errors.ts'
import { maxAttachment } from './limits.ts'
import { readForm } from './multipart.ts'
import type { Form } from './multipart.ts'
import { readNativeEvent } from './native-event.ts'
import type { Opened, Way } from './receive.ts'

export const minidumpWay: Way = { category: 'error', namedInBody: false, silentLimits: true, open: openMinidump }

const dumpField = 'upload_file_minidump'
const eventField = '__sentry-event'
const breadcrumbFile = '__sentry-breadcrumb'

async function openMinidump({ plain }: Decoded, request: FastifyRequest): Promise<Opened | Rejection> {
  const form = readBody(plain, readContentType(request.raw))
  if (isRejection(form)) return form
  const sent = form.files.find(({ field }) => field === dumpField)
  if (sent === undefined) return rejections.noMinidump
  const bytes = await unpackDump(sent.bytes)
  if (isRejection(bytes)) return bytes
  const others = form.files.filter((file) => file !== sent && file.field !== eventField)
  const event = jsonItem('event', addMinidump(readNativeEvent(form, others.filter(isBreadcrumbs)), bytes))
  if (isRejection(event)) return event
  const dump = attachmentItem({ name: sent.name || 'minidump.dmp', contentType: 'application/x-dmp', bytes }, 'event.minidump')
  return openComposed({}, [event, dump, ...others.map(attachFile)], request)
}

/** A body that is no form is the dump. */
function readBody(plain: Uint8Array, contentType: string): Form | Rejection {
  if (/^multipart\//i.test(contentType)) return readForm(plain, contentType)
  const files = plain.length === 0 ? [] : [{ field: dumpField, name: '', contentType: '', bytes: plain }]
  return { fields: [], files }
}

/** The dump itself where gzip or zstd hide it; xz and bzip2 stay as they are, for whoever downloads them. */
async function unpackDump(bytes: Uint8Array): Promise<Uint8Array | Rejection> {
  if (hasDumpSignature(bytes) || begins(bytes, 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00) || begins(bytes, 0x42, 0x5a, 0x68)) return bytes
  const encoding = begins(bytes, 0x1f, 0x8b) ? 'g' : begins(bytes, 0x28, 0xb5, 0x2f, 0xfd) ? 'z' : null
  if (encoding === null) return rejections.badMinidump
  try {
    const inflated = await inflateBounded(bytes, encoding, maxAttachment)
    return hasDumpSignature(inflated) ? inflated : rejections.badMinidump
  } catch (error) {
    if (!(error instanceof InflateError)) throw error
    return error.code === 'too_large' ? bytes : rejections.badMinidump
  }
}

function begins(bytes: Uint8Array, ...magic: number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte)
}

function isBreadcrumbs({ field, name }: Form['files'][number]): boolean {
  return field.startsWith(breadcrumbFile) || name.startsWith(breadcrumbFile)
}

function attachFile(file: Form['files'][number]): NewItem {
  return attachmentItem(nameFile(file), isBreadcrumbs(file) ? 'event.breadcrumbs' : file.name === 'view-hierarchy.json' ? 'event.view_hierarchy' : 'event.attachment')
}

function nameFile(file: Form['files'][number]): NewFile {
  return { ...file, name: file.name || file.field }
}
