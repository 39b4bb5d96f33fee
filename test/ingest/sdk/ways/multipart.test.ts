// The reader of forms: what the platform's own encoder writes, what .NET and old browsers write, and what nobody should (case 162).
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRejection } from '../../../../ingest/sdk/errors.ts'
import { readForm, type Form } from '../../../../ingest/sdk/multipart.ts'

const type = 'multipart/form-data; boundary=b'
const bad = { status: 400, detail: 'invalid multipart data' }
const part = (headers: string, body = 'x'): string => `--b\r\n${headers}\r\n\r\n${body}\r\n`
const read = (text: string, contentType = type): Form => {
  const form = readForm(Buffer.from(text), contentType)
  if (isRejection(form)) throw new Error(form.detail)
  return form
}
const readPart = (disposition: string): Form => read(`${part(`Content-Disposition: form-data; ${disposition}`)}--b--\r\n`)

test('whatever the platform encodes is read as it was', async () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => !/["\\\r\n]/.test(text) && text.isWellFormed() && text.trim() === text)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, fc.uint8Array({ maxLength: 200 })), { maxLength: 8 }), fc.array(fc.tuple(name, fc.string({ maxLength: 50 })), { maxLength: 8 }), async (files, fields) => {
      const data = new FormData()
      for (const [field, value] of fields) data.append(field, value)
      for (const [field, bytes] of files) data.append(field, new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/png' }), `${field}.png`)
      const encoded = new Response(data)
      const form = readForm(new Uint8Array(await encoded.clone().arrayBuffer()), encoded.headers.get('content-type')!)
      if (isRejection(form)) throw new Error(form.detail)
      expect(form.files.map((file) => [file.field, file.name, file.contentType, [...file.bytes]])).toEqual(files.map(([field, bytes]) => [field, `${field}.png`, 'image/png', [...bytes]]))
      expect(form.fields.map(([field]) => field)).toEqual(fields.map(([field]) => field))
      expect(form.fields.map(([, value]) => value.replaceAll('\r\n', '\n'))).toEqual(fields.map(([, value]) => value.toWellFormed().replaceAll(/\r\n?/g, '\n')))
    }),
    { numRuns: 300 },
  )
})

describe('a name is read', () => {
  test.each([
    ['quoted', 'name="a"; filename="b.dmp"', 'a', 'b.dmp'],
    ['bare, as .NET writes it', 'name=a; filename=b.dmp', 'a', 'b.dmp'],
    ['as a whole path of Windows', 'name="a"; filename="C:\\tmp\\new.dmp"', 'a', 'C:\\tmp\\new.dmp'],
    ['with quotes in it', 'name="a"; filename="say \\"hi\\".txt"', 'a', 'say "hi".txt'],
    ['with a semicolon in it', 'name="a"; filename="b; name=c"', 'a', 'b; name=c'],
    ['in upper case', 'NAME="a"; FILENAME="b"', 'a', 'b'],
    ['in its extended form', `name="a"; filename="x"; filename*=UTF-8''na%C3%AFve.txt`, 'a', 'naïve.txt'],
    ['plainly where the extended form is broken', `name="a"; filename="x"; filename*=UTF-8''%FF%`, 'a', 'x'],
    ['with a NUL, to be cleaned where it is used', 'name="a"; filename="b\0.exe"', 'a', 'b\0.exe'],
  ])('%s', (_name, disposition, field, name) => {
    expect(readPart(disposition).files).toEqual([expect.objectContaining({ field, name })])
  })
})

test('bytes without a file name are a file, other parts are fields', () => {
  const form = read(`${part('content-disposition: form-data; name="dump"\r\ncontent-type: application/octet-stream')}${part('content-disposition: form-data; name="note"\r\ncontent-type: text/plain')}--b--`)
  expect(form).toEqual({ fields: [['note', 'x']], files: [{ field: 'dump', name: 'dump', contentType: 'application/octet-stream', bytes: Buffer.from('x') }] })
})

test('a preamble, padding and what follows the end are passed over', () => {
  expect(read(`hello\r\n--b \t\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\nepilogue`).fields).toEqual([['a', '1']])
})

test('a quoted boundary and an empty form are fine', () => {
  expect(read('--b c--', 'Multipart/Form-Data; charset=utf-8; boundary="b c"')).toEqual({ fields: [], files: [] })
})

describe('refused with 400:', () => {
  const field = part('content-disposition: form-data; name="a"')
  test.each<[string, string, string?]>([
    ['no boundary', `${field}--b--`, 'multipart/form-data'],
    ['a boundary of a thousand characters', `${field}--b--`, `multipart/form-data; boundary=${'b'.repeat(1_000)}`],
    ['another type', `${field}--b--`, 'application/json; boundary=b'],
    ['an empty body', ''],
    ['no delimiter', 'hello'],
    ['no end', field],
    ['an end in the middle of a part', field.slice(0, -4)],
    ['a part without headers', '--b\r\n\r\nx\r\n--b--'],
    ['a part without a disposition', `${part('content-type: text/plain')}--b--`],
    ['headers of 9 kB', `${part(`content-disposition: form-data; name="a"\r\nx: ${'y'.repeat(9_000)}`)}--b--`],
    ['a line that only begins with the delimiter', `--bc\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--b--`],
    ['501 parts', `${field.repeat(501)}--b--`],
    ['a hundred thousand parts', `${field.repeat(100_000)}--b--`],
    ['a hundred thousand delimiters', '--b\r\n'.repeat(100_000)],
  ])('%s', (_name, body, contentType = type) => {
    expect(readForm(Buffer.from(body), contentType)).toMatchObject(bad)
  })
})

test('fields that no event could hold are too large', () => {
  expect(readForm(Buffer.from(`${part('content-disposition: form-data; name="a"', 'x'.repeat(1024 * 1024)).repeat(3)}--b--`), type)).toMatchObject({ status: 413 })
})

test('any bytes between delimiters are read or refused, never more', () => {
  const piece = fc.oneof(fc.constantFrom('\r\n', '--b', '\r\n--b', '--', '"', '\\', ';', 'content-disposition: form-data; name="', '; filename=', '\r\n\r\n', '\0', "*=UTF-8''%"), fc.string({ maxLength: 10 }))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const form = readForm(Buffer.from(`--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n${pieces.join('')}`), type)
      expect(isRejection(form) ? form.status : form.files.length + form.fields.length).toBeGreaterThan(0)
    }),
    { numRuns: 3_000 },
  )
})
