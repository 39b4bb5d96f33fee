// Names of attached files, as they may be stored, listed and put into a header.

/** The last part of a path, without characters that control anything: at most 200, never empty (protocol 5.6). */
export function cleanFileName(sent: string): string {
  const base = sent.slice(-1_000).split(/[/\\]/).at(-1) ?? ''
  const name = base.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim().slice(-200).toWellFormed()
  return name === '' || /^\.+$/.test(name) ? 'attachment' : name
}

/** The value of `Content-Disposition` (RFC 6266): ASCII for old browsers, the whole name beside it. */
export function formatDisposition(kind: 'attachment' | 'inline', name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
