// HTML as text for the one page that the server writes itself: whatever is put into a template is escaped, unless a template made it.

export type Html = { html: string }

/** Tag of a template. Lists are put together; null and undefined are nothing. */
export function html(parts: TemplateStringsArray, ...values: (Html | Html[] | string | number | null | undefined)[]): Html {
  return { html: parts.reduce((text, part, index) => text + toHtml(values[index - 1]) + part) }
}

function toHtml(value: Html | Html[] | string | number | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((each) => each.html).join('')
  return typeof value === 'object' ? value.html : String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
