// `?generation=` on reads of what depends on grouping: any generation of the project can be looked at, before it is applied and after.

import type { FastifyReply } from 'fastify'
import { ApiError } from '../../core/errors.ts'
import { findGeneration, type Queryable } from './queries.ts'

/** The id that was asked for; undefined = the live one is meant. Throws `badRequest`. */
export function readGeneration(query: unknown): number | undefined {
  const asked = (query as { generation?: unknown } | undefined)?.generation
  if (asked === undefined || asked === '') return undefined
  if (typeof asked !== 'string' || !/^[1-9]\d{0,14}$/.test(asked)) throw new ApiError('badRequest', { fields: { generation: ['Use the id of one generation, or leave it out.'] } })
  return Number(asked)
}

/** The generation to read from, named in the answer. Throws `notFound` for one of another project and one that was discarded. */
export async function chooseGeneration(db: Queryable, project: { id: number; generation: number }, query: unknown, reply: FastifyReply): Promise<number> {
  const asked = readGeneration(query) ?? project.generation
  if (asked !== project.generation) {
    const found = await findGeneration(db, project.id, asked)
    if (!found || found.state === 'discarded') throw new ApiError('notFound')
  }
  reply.header('x-refold-generation', String(asked))
  return asked
}
