// `refold project create`: the first project, without a token and whether a server runs or not.

import { newProject } from '../core/contract/project.ts'
import { formatDsn } from '../core/project/present.ts'
import { createProject } from '../ingest/commands/create-project.ts'
import { parse, takeOne } from './arguments.ts'
import type { Input } from './command.ts'
import { withDatabase } from './database.ts'
import { foldUpTo } from './fold.ts'

export async function createProjectHere({ values, positionals }: Input<{ name: string | undefined; platform: string | undefined }>): Promise<void> {
  const slug = takeOne(positionals, 'the slug of the project')
  const project = parse(newProject, { slug, name: values.name ?? slug, platform: values.platform })
  await withDatabase(async ({ pool, config }) => {
    const created = await createProject(pool, project, { actor: 'system:cli' })
    if ('refused' in created) throw new Error(`There is a project with the slug ${slug} already.`)
    await foldUpTo(pool, created.position)
    console.log(`Created the project ${created.slug}. Its DSN:\n${formatDsn(config.publicUrl, created.publicKey, created.id)}`)
  })
}
