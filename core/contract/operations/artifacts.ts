// Source maps and debug files: how sentry-cli and bundlers' plugins upload them, what is there, and getting rid of it.

import { z } from 'zod'
import { artifactBundle, assembled, bundleAssembly, chunkUploadOptions, debugFile, debugFilesAssembled, debugFilesAssembly } from '../artifact.ts'
import type { Operations } from '../operation.ts'

const onOrganization = '/api/0/organizations/:org/'
const onProject = '/api/0/projects/:org/:project/files/'

export const artifactOperations: Operations = {
  [`GET ${onOrganization}chunk-upload/`]: { summary: 'Show how to upload chunks', description: 'Where to send them, and how large and how many they may be.', answer: chunkUploadOptions },
  [`POST ${onOrganization}chunk-upload/`]: {
    summary: 'Upload chunks', description: 'A form of files, each named by the SHA-1 of its bytes: field "file", or "file_gzip" for one that is compressed.', answer: z.array(z.unknown()),
  },
  [`POST ${onOrganization}artifactbundle/assemble/`]: { summary: 'Make a bundle of source maps out of chunks', description: 'Answers which chunks are missing, until none is.', body: bundleAssembly, answer: assembled },
  [`GET ${onProject}artifact-bundles/`]: { summary: 'List the bundles of source maps', description: 'Newest first, at most 1,000.', answer: z.array(artifactBundle) },
  [`DELETE ${onProject}artifact-bundles/`]: { summary: 'Delete a bundle of source maps', query: z.object({ bundleId: z.string() }), status: 204 },
  [`POST ${onProject}difs/assemble/`]: { summary: 'Make debug files out of chunks', description: 'They are stored; native frames are not symbolicated with them.', body: debugFilesAssembly, answer: debugFilesAssembled },
  [`GET ${onProject}dsyms/`]: { summary: 'List the debug files', description: 'Newest first, at most 1,000.', answer: z.array(debugFile) },
  [`DELETE ${onProject}dsyms/`]: { summary: 'Delete a debug file', query: z.object({ id: z.string() }), status: 204 },
}
