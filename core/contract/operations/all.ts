// Every operation of the web API, subject by subject: the OpenAPI document, its page, the client's checks and the tests go through these.

import type { Operations } from '../operation.ts'
import { accountOperations } from './account.ts'
import { artifactOperations } from './artifacts.ts'
import { eventOperations } from './event.ts'
import { groupingOperations } from './grouping.ts'
import { issueOperations } from './issues.ts'
import { lookupOperations } from './lookup.ts'
import { memberOperations } from './members.ts'
import { organizationOperations } from './organization.ts'
import { projectOperations } from './projects.ts'
import { releaseOperations } from './releases.ts'
import { serverOperations } from './server.ts'
import { tagOperations } from './tags.ts'
import { triageOperations } from './triage.ts'
import { viewOperations } from './views.ts'

export type Subject = { name: string; operations: Operations }

/** In the order in which the page shows them. */
export const subjects: readonly Subject[] = [
  { name: 'Projects and keys', operations: projectOperations },
  { name: 'Issues', operations: issueOperations },
  { name: 'Deciding about issues', operations: triageOperations },
  { name: 'Saved views', operations: viewOperations },
  { name: 'Events', operations: eventOperations },
  { name: 'Tags', operations: tagOperations },
  { name: 'Looking up', operations: lookupOperations },
  { name: 'Releases', operations: releaseOperations },
  { name: 'Source maps and debug files', operations: artifactOperations },
  { name: 'Grouping', operations: groupingOperations },
  { name: 'Account and tokens', operations: accountOperations },
  { name: 'Members', operations: memberOperations },
  { name: 'Organization', operations: organizationOperations },
  { name: 'Server', operations: serverOperations },
]

export const operations: Operations = Object.assign({}, ...subjects.map((subject) => subject.operations))
