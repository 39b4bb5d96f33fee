// Every operation of the web API, subject by subject: the OpenAPI document, its page, the client's checks and the tests go through these.

import * as account from '../account.ts'
import * as audit from '../audit.ts'
import * as event from '../event.ts'
import * as grouping from '../grouping.ts'
import * as intake from '../intake.ts'
import * as issue from '../issue.ts'
import * as live from '../live.ts'
import * as lookup from '../lookup.ts'
import * as member from '../member.ts'
import type { Operations } from '../operation.ts'
import * as project from '../project.ts'
import * as release from '../release.ts'
import * as server from '../server.ts'
import { accountOperations } from './account.ts'
import { eventOperations } from './event.ts'
import { groupingOperations } from './grouping.ts'
import { lookupOperations } from './lookup.ts'
import { memberOperations } from './members.ts'
import { organizationOperations } from './organization.ts'
import { projectOperations } from './projects.ts'
import { releaseOperations } from './releases.ts'
import { serverOperations } from './server.ts'

export type Subject = { name: string; operations: Operations }

/** In the order in which the page shows them. */
export const subjects: readonly Subject[] = [
  { name: 'Projects and keys', operations: projectOperations },
  { name: 'Events', operations: eventOperations },
  { name: 'Looking up', operations: lookupOperations },
  { name: 'Releases', operations: releaseOperations },
  { name: 'Grouping', operations: groupingOperations },
  { name: 'Account and tokens', operations: accountOperations },
  { name: 'Members', operations: memberOperations },
  { name: 'Organization', operations: organizationOperations },
  { name: 'Server', operations: serverOperations },
]

export const operations: Operations = Object.assign({}, ...subjects.map((subject) => subject.operations))

/** The shapes that the document calls by their names in the code. */
export const shapes: Readonly<Record<string, unknown>> = { ...account, ...audit, ...event, ...grouping, ...intake, ...issue, ...live, ...lookup, ...member, ...project, ...release, ...server }
