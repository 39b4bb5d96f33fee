// Uploads of sentry-cli and of bundlers' plugins: chunks, bundles of source maps, debug files (protocol 7.1; Sentry's shapes).

import { z } from 'zod'

const sha1 = z.string().regex(/^[0-9a-f]{40}$/, 'Use a SHA-1 in lower-case hex.')
/** Of at most 512 MB in all; chunks may be smaller than they have to be. */
const chunks = z.array(sha1).min(1, 'Name its chunks.').max(4096, 'At most 4096 chunks.')

export const chunkUploadOptions = z.object({
  /** Where chunks go: a path below `/api/0`. */
  url: z.string(),
  chunkSize: z.number(),
  chunksPerRequest: z.number(),
  maxFileSize: z.number(),
  maxRequestSize: z.number(),
  maxWait: z.number(),
  concurrency: z.number(),
  hashAlgorithm: z.literal('sha1'),
  compression: z.array(z.string()),
  accept: z.array(z.string()),
})
export type ChunkUploadOptions = z.infer<typeof chunkUploadOptions>

export const bundleAssembly = z.object({
  /** Of the whole bundle. */
  checksum: sha1,
  chunks,
  /** Slugs or ids. */
  projects: z.array(z.union([z.string().min(1).max(100), z.int().positive()])).min(1, 'Name a project.').max(50, 'At most 50 projects.'),
  version: z.string().min(1).max(250).nullish(),
  dist: z.string().min(1).max(64).nullish(),
})

/** `detail`: what is wrong with the file, in state `error`. */
export const assembled = z.object({ state: z.enum(['not_found', 'ok', 'error']), missingChunks: z.array(z.string()), detail: z.string().nullable() })
export type Assembled = z.infer<typeof assembled>

/** By SHA-1 of the whole file. */
export const debugFilesAssembly = z.record(sha1, z.object({ name: z.string().min(1).max(500), debug_id: z.string().max(100).nullish(), chunks }))

const debugFileData = z.object({ type: z.string(), features: z.array(z.string()) })
export const debugFileRef = z.object({ uuid: z.string(), debugId: z.string(), objectName: z.string(), cpuName: z.string(), sha1: z.string(), data: debugFileData })
export const debugFilesAssembled = z.record(z.string(), assembled.extend({ dif: debugFileRef.optional() }))
export type DebugFilesAssembled = z.infer<typeof debugFilesAssembled>

export const debugFile = debugFileRef.extend({ id: z.string(), symbolType: z.string(), size: z.number(), dateCreated: z.string() })
export type DebugFile = z.infer<typeof debugFile>

export const artifactBundle = z.object({
  bundleId: z.string(),
  associations: z.array(z.object({ release: z.string().nullable(), dist: z.string().nullable() })),
  date: z.string(),
  dateModified: z.string(),
  fileCount: z.number(),
})
export type ArtifactBundle = z.infer<typeof artifactBundle>
