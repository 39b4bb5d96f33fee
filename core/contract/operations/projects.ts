// Projects, their keys, and what became of what came in for them.

import { z } from 'zod'
import { environment } from '../lookup.ts'
import type { Operations } from '../operation.ts'
import { scrubbed, scrubbingTest } from '../scrubbing.ts'
import { changedKey, changedProject, createdSample, newKey, newProject, outcome, project, projectChange, projectKey, rotatedKey } from '../project.ts'

const onProject = '/api/0/projects/:org/:project/'
const create = { body: newProject, answer: project, status: 201 } as const

export const projectOperations: Operations = {
  'GET /api/0/projects/': { summary: 'List the projects you may see', answer: z.array(project) },
  'GET /api/0/organizations/:org/projects/': { summary: 'List the projects of the organization', answer: z.array(project) },
  'POST /api/0/projects/:org/': { summary: 'Create a project', description: 'Its first key is made with it.', ...create, extension: true },
  'POST /api/0/teams/:org/:team/projects/': { summary: 'Create a project, at the path of a team', description: 'There are no teams: any name of one will do.', ...create },
  [`GET ${onProject}`]: { summary: 'Show a project with its settings', answer: project },
  [`PUT ${onProject}`]: { summary: 'Change a project or its settings', description: 'What is left out stays. Answers the fields that a change can touch.', body: projectChange, answer: changedProject },
  [`DELETE ${onProject}`]: { summary: 'Delete a project', description: 'Its keys are refused within a second; everything stored of it is deleted in the background. There is no way back.', status: 204 },
  [`GET ${onProject}keys/`]: { summary: 'List the keys of a project, with their DSNs', answer: z.array(projectKey) },
  [`POST ${onProject}keys/`]: { summary: 'Create a key', body: newKey, answer: projectKey, status: 201 },
  [`GET ${onProject}keys/:key/`]: { summary: 'Show a key, with its DSN', answer: projectKey },
  [`PUT ${onProject}keys/:key/`]: { summary: 'Rename, switch off or limit a key', body: changedKey, answer: projectKey },
  [`POST ${onProject}keys/:key/rotate/`]: { summary: 'Replace a key', description: 'By a new one with its name and limit; both work until the old one is switched off, unless keepOld is false.', body: rotatedKey, answer: projectKey, status: 201, extension: true },
  [`DELETE ${onProject}keys/:key/`]: { summary: 'Delete a key', description: 'SDKs that use it are refused within a second.', status: 204 },
  [`GET ${onProject}environments/`]: { summary: 'List the environments of a project', answer: z.array(environment) },
  [`POST ${onProject}create-sample/`]: { summary: 'Send a test event', description: 'Made by the server itself and tagged test:true, to see what arriving looks like.', answer: createdSample, status: 201 },
  [`POST ${onProject}scrubbing/test/`]: {
    summary: 'Try rules about private data on an event', description: 'Saves nothing. Of a stored event nothing is shown that the saved rules hide.',
    body: scrubbingTest, answer: scrubbed, extension: true,
  },
  [`GET ${onProject}outcomes/`]: { summary: 'Show what became of what came in last', description: 'The newest accepted events, and the latest of each kind of refusal with a count.', answer: z.array(outcome), extension: true },
}
