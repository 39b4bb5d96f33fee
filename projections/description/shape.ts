// JSON Schemas as people read them: a shape in few words, and an example of a body for curl.

import type { JsonSchema } from '../../core/contract/openapi/schemas.ts'
import { html, type Html } from './html.ts'

export type Components = Readonly<Record<string, JsonSchema>>

/** As TypeScript would write it; a named shape links to its own place on the page. */
export function formatShape(schema: JsonSchema, depth = 0): Html {
  const name = nameOf(schema)
  if (name !== null) return html`<a href="#${name}">${name}</a>`
  const alternatives = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined
  if (alternatives) return join(alternatives.map((one) => formatShape(one, depth)), ' | ')
  if (schema.enum) return html`${(schema.enum as unknown[]).map((value) => JSON.stringify(value)).join(' | ')}`
  if ('const' in schema) return html`${JSON.stringify(schema.const)}`
  if (schema.type === 'array') return formatList(schema, depth)
  if (schema.type === 'object' || schema.properties) return formatObject(schema, depth)
  return html`${[schema.type ?? 'anything'].flat().join(' | ')}`
}

function formatList({ prefixItems, items }: JsonSchema, depth: number): Html {
  if (prefixItems) return html`[${join((prefixItems as JsonSchema[]).map((one) => formatShape(one, depth)), ', ')}]`
  const item = (items ?? {}) as JsonSchema
  const text = formatShape(item, depth)
  return item.anyOf || item.oneOf || item.enum ? html`(${text})[]` : html`${text}[]`
}

function formatObject({ properties, required, additionalProperties }: JsonSchema, depth: number): Html {
  if (!properties) return typeof additionalProperties === 'object' && additionalProperties !== null ? html`{ [name]: ${formatShape(additionalProperties as JsonSchema, depth)} }` : html`object`
  const indent = '  '.repeat(depth)
  const lines = Object.entries(properties as Components).map(([name, field]) => {
    const optional = (required as string[] | undefined)?.includes(name) ? '' : '?'
    return html`${indent}  ${name}${optional}: ${formatShape(field, depth + 1)}\n`
  })
  return html`{\n${lines}${indent}}`
}

function join(parts: Html[], between: string): Html {
  return { html: parts.map((part) => part.html).join(html`${between}`.html) }
}

function nameOf({ $ref }: JsonSchema): string | null {
  return typeof $ref === 'string' ? $ref.split('/').at(-1)! : null
}

/** What has to be sent; where nothing has to be, the first field that may be. */
export function exampleOf(schema: JsonSchema, components: Components): unknown {
  const name = nameOf(schema)
  if (name !== null) return exampleOf(components[name]!, components)
  if (schema.enum) return (schema.enum as unknown[])[0]
  if ('const' in schema) return schema.const
  if ('default' in schema) return schema.default
  const alternatives = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined
  if (alternatives) return exampleOf(alternatives[0]!, components)
  if (schema.type === 'array') return schema.prefixItems ? (schema.prefixItems as JsonSchema[]).map((one) => exampleOf(one, components)) : [exampleOf(schema.items as JsonSchema, components)]
  if (schema.properties) {
    const fields = Object.entries(schema.properties as Components)
    const needed = fields.filter(([field]) => (schema.required as string[] | undefined)?.includes(field))
    return Object.fromEntries((needed.length > 0 ? needed : fields.slice(0, 1)).map(([field, one]) => [field, exampleOf(one, components)]))
  }
  return { string: '…', integer: 1, number: 1, boolean: true, object: {} }[String([schema.type].flat()[0])] ?? '…'
}
