// Every read of the web API, room by room: main.ts and the tests serve the same list.

import type { FastifyInstance } from 'fastify'
import { registerActivityReads } from './activity/routes.ts'
import { registerArtifactReads } from './artifacts/routes.ts'
import { registerAttachmentReads } from './attachments/routes.ts'
import { registerAuditReads } from './audit/routes.ts'
import { registerCountReads } from './counts/routes.ts'
import { registerTagReads } from './counts/tag-routes.ts'
import { registerLookups } from './events/lookup.ts'
import { registerDescription } from './description/routes.ts'
import { registerEventLists } from './events/list-routes.ts'
import { registerEventReads } from './events/routes.ts'
import { registerFeedbackReads } from './feedback/routes.ts'
import { registerExplanationReads } from './generations/issue-routes.ts'
import { registerGenerationReads } from './generations/routes.ts'
import { registerIssueLists } from './issues/list-routes.ts'
import { registerIssueReads } from './issues/routes.ts'
import { registerOutcomeReads } from './outcomes/routes.ts'
import { registerEnvironmentReads } from './projects/environments.ts'
import { registerProjectReads } from './projects/routes.ts'
import type { ReadDeps } from './reads.ts'
import { registerReleaseReads } from './releases/routes.ts'
import { registerScrubbingTest } from './scrubbing/routes.ts'

const rooms = [
  registerProjectReads, registerIssueLists, registerIssueReads, registerEventLists, registerEventReads, registerLookups, registerCountReads, registerTagReads, registerActivityReads, registerOutcomeReads, registerAttachmentReads, registerFeedbackReads,
  registerExplanationReads, registerGenerationReads, registerDescription, registerEnvironmentReads, registerReleaseReads, registerAuditReads, registerArtifactReads, registerScrubbingTest,
]

/** Each in a context of its own. `catchUp`: brings a generation that is not live to where the log is. */
export function registerReads(app: FastifyInstance, deps: ReadDeps & { catchUp?: (generation: number) => Promise<unknown> }): void {
  for (const register of rooms) app.register(async (scope) => register(scope, deps))
}
