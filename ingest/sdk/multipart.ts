// Bodies of `multipart/form-data` (RFC 7578), as crash reporters and forms send them. The whole body is in memory by now, so files
// are views into it: nothing is copied, nothing streams, nothing can stall. Bounded in parts, headers and fields (protocol case 162).
import { sliceText } from '../../core/event/json.ts'
import { maxEvent } from './limits.ts'
import { rejections, tooLarge } from './errors.ts'
import type { Rejection } from './errors.ts'
import type { NewFile } from './compose.ts'

/** In the order they came. */
export type Form = { fields: [name: string, value: string][]; files: (NewFile & { field: string })[] }

/** Fewer than an envelope may have items. Of more than 30 files the fold takes the first (protocol 2.8). */
const maxParts = 500
const maxHeaderBytes = 8 * 1024
const maxFieldBytes = 2 * maxEvent
const maxName = 200

/** 400 for anything that is no form or has more than 500 parts, 413 for fields that no event could hold. */
export function readForm(plain: Uint8Array, contentType: string): Form | Rejection {
  const boundary = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType)
  if (boundary === null) return rejections.badMultipart
  const body = Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength)
  const delimiter = Buffer.from(`\r\n--${boundary[1] ?? boundary[2]!}`, 'latin1')
  const form: Form = { fields: [], files: [] }
  let fieldBytes = 0
  // The first delimiter may be the first line, without a line break before it.
  let at = body.indexOf(delimiter.subarray(2)) - 2
  for (let parts = 0; at > -3; parts++) {
    const lineEnd = at + delimiter.length
    if (body.toString('latin1', lineEnd, lineEnd + 2) === '--') return form
    const start = body.indexOf('\n', lineEnd) + 1
    const end = body.indexOf(delimiter, start - 2)
    if (parts === maxParts || start === 0 || end < 0 || !isBlank(body, lineEnd, start)) break
    const part = readPart(body.subarray(start, end))
    if (part === null) break
    if ('bytes' in part) form.files.push(part)
    else {
      fieldBytes += part.name.length + part.value.length
      if (fieldBytes > maxFieldBytes) return tooLarge('event')
      form.fields.push([part.name, part.value])
    }
    at = end
  }
  return rejections.badMultipart
}

/** Nothing but the padding that RFC 2046 allows behind a delimiter. */
function isBlank(body: Buffer, from: number, to: number): boolean {
  return to - from < 100 && body.toString('latin1', from, to).trim() === ''
}

/** A file is what has a file name, or says it is bytes. */
function readPart(part: Buffer): Form['files'][number] | { name: string; value: string } | null {
  const head = part.subarray(0, maxHeaderBytes)
  const headerEnd = head.indexOf('\r\n\r\n')
  if (headerEnd < 0) return null
  const headers = new Map(head.toString('utf8', 0, headerEnd).split('\r\n').map(splitHeader))
  const disposition = headers.get('content-disposition')
  if (disposition === undefined) return null
  const bytes = part.subarray(headerEnd + 4)
  const name = sliceText(readParameter(disposition, 'name') ?? '', maxName)
  const fileName = readExtended(disposition) ?? readParameter(disposition, 'filename')
  const contentType = headers.get('content-type')
  if (fileName === null && contentType?.toLowerCase() !== 'application/octet-stream') return { name, value: bytes.toString('utf8') }
  return { field: name, name: fileName ?? name, contentType: contentType ?? 'application/octet-stream', bytes }
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, Math.max(colon, 0)).trim().toLowerCase(), line.slice(colon + 1).trim()]
}

/** Quoted or, as .NET writes it, bare. Only quotes are escaped: a backslash is part of a Windows path. */
function readParameter(header: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s"]*))`, 'i').exec(header)
  return found === null ? null : (found[1]?.replaceAll('\\"', '"') ?? found[2]!)
}

/** `filename*=UTF-8''na%C3%AFve.txt` */
function readExtended(header: string): string | null {
  const found = /;\s*filename\*=utf-8'[^']*'([^;\s]+)/i.exec(header)
  if (found === null) return null
  try {
    return decodeURIComponent(found[1]!)
  } catch {
    return null
  }
}
