// JSON Schemas of everything that the operations say: one conversion of all, so that a shape that several of them use is one component.

import { z } from 'zod'
import type { Subject } from '../operations/all.ts'
import { capitalise } from './paths.ts'

export type JsonSchema = { [keyword: string]: unknown }

/** `of` gives what stands in for a schema of an operation. A shape has the name under which the code exports it. */
export function convertSchemas(subjects: readonly Subject[], shapes: Readonly<Record<string, unknown>>): { of: (schema: z.ZodType) => JsonSchema; components: Record<string, JsonSchema> } {
  const used = new Set(subjects.flatMap(({ operations }) => Object.values(operations)).flatMap(({ query, body, answer }) => [...Object.values(query?.shape ?? {}), body, answer]))
  const all = [...used].filter((schema) => schema instanceof z.ZodType)
  const names = z.registry<{ id: string }>()
  for (const [name, schema] of Object.entries(shapes)) if (schema instanceof z.ZodType && !names.has(schema)) names.add(schema, { id: capitalise(name) })

  const converted = z.toJSONSchema(z.tuple(all as [z.ZodType]), {
    metadata: names,
    // As it may be sent: defaults may be missing, and what we do not know yet may stand beside the rest.
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { description } = z.globalRegistry.get(zodSchema) ?? {}
      if (description !== undefined) jsonSchema.description = description
    },
  }) as { prefixItems: JsonSchema[]; $defs?: Record<string, JsonSchema> }
  const { prefixItems, $defs = {} } = pointToComponents(converted)
  return {
    of: (schema) => prefixItems[all.indexOf(schema)]!,
    components: Object.fromEntries(Object.entries($defs).map(([name, { id: _id, ...schema }]) => [name, schema])),
  }
}

function pointToComponents<T>(schema: T): T {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as T
}
