// Chunks of uploads (protocol 7.1): parts of at most 8 MB, named by the SHA-1 of their bytes. A chunk alone opens nothing: it is read
// only as part of a file that somebody assembled in a project that they may see.

import { createHash } from 'node:crypto'
import { gunzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { chunkSize, chunksPerRequest, maxFileSize, maxRequestSize } from '../../core/artifact/limits.ts'
import type { ChunkUploadOptions } from '../../core/contract/artifact.ts'
import { ApiError } from '../../core/errors.ts'
import type { NewFile } from '../sdk/compose.ts'
import { isRejection } from '../sdk/errors.ts'
import { readForm } from '../sdk/multipart.ts'
import { storeChunk } from './store.ts'

const path = '/api/0/organizations/:org/chunk-upload/'
/** Bodies in memory at once, in all: a request is at most 33 MB and what its chunks inflate to. */
const concurrency = 4
/** For the headers of the parts. */
const bodyLimit = maxRequestSize + 1024 * 1024

export function registerChunkUpload(app: FastifyInstance, { pool }: { pool: Pool }): void {
  app.get<{ Params: { org: string } }>(path, async (request): Promise<ChunkUploadOptions> => ({
    // Without `/api/0`, as sentry-cli resolves it: whatever address it has reached us by is the one that it goes on with.
    url: `/organizations/${request.params.org}/chunk-upload/`,
    chunkSize, chunksPerRequest, maxFileSize, maxRequestSize,
    maxWait: 60, concurrency: 2, hashAlgorithm: 'sha1', compression: ['gzip'],
    accept: ['debug_files', 'release_files', 'pdbs', 'sources', 'bcsymbolmaps', 'il2cpp', 'portablepdbs', 'artifact_bundles', 'artifact_bundles_v2', 'proguard'],
  }))

  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body))
  let running = 0
  app.post<{ Body: unknown }>(path, {
    bodyLimit,
    // The gate has been passed, and nothing of the body is read yet.
    onRequest: async (request, reply) => {
      if (Number(request.headers['content-length']) > bodyLimit) throw new ApiError('bodyTooLarge', { detail: 'The request is larger than 33 MB.' })
      if (running === concurrency) throw new ApiError('unavailable', { detail: 'Too many uploads at once. Try again in a moment.' })
      running++
      reply.raw.once('close', () => void running--)
    },
  }, async (request) => {
    const form = Buffer.isBuffer(request.body) ? readForm(request.body, request.headers['content-type'] ?? '') : null
    if (form === null || isRejection(form)) throw new ApiError('badRequest', { detail: 'Send the chunks as multipart/form-data.' })
    if (form.files.length > chunksPerRequest) throw new ApiError('badRequest', { detail: `At most ${chunksPerRequest} chunks in one request.` })
    for (const file of form.files) await storeChunk(pool, file.name.toLowerCase(), await openChunk(file))
    return []
  })
}

async function openChunk({ field, name, bytes }: NewFile & { field: string }): Promise<Buffer> {
  const refuse = (why: string): ApiError => new ApiError('badRequest', { detail: `Chunk ${JSON.stringify(name.slice(0, 64))} ${why}.` })
  const opened = field === 'file_gzip' ? await inflate(bytes).catch((error: NodeJS.ErrnoException) => {
    throw refuse(error.code === 'ERR_BUFFER_TOO_LARGE' ? 'inflates to more than 8 MB' : 'is not valid gzip')
  }) : Buffer.from(bytes)
  if (opened.length > chunkSize) throw refuse('is larger than 8 MB')
  if (createHash('sha1').update(opened).digest('hex') !== name.toLowerCase()) throw refuse('is not named by the SHA-1 of its bytes')
  return opened
}

function inflate(bytes: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => gunzip(bytes, { maxOutputLength: chunkSize }, (error, result) => (error ? reject(error) : resolve(result))))
}
