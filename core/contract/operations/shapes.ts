// Shapes by the names that the code gives them: what the OpenAPI document calls its components. Apart from all.ts, which the client ships.

import * as account from '../account.ts'
import * as artifact from '../artifact.ts'
import * as audit from '../audit.ts'
import * as event from '../event.ts'
import * as grouping from '../grouping.ts'
import * as intake from '../intake.ts'
import * as issue from '../issue.ts'
import * as live from '../live.ts'
import * as lookup from '../lookup.ts'
import * as member from '../member.ts'
import * as project from '../project.ts'
import * as release from '../release.ts'
import * as server from '../server.ts'
import * as tag from '../tag.ts'
import * as view from '../view.ts'

export const shapes: Readonly<Record<string, unknown>> = { ...account, ...artifact, ...audit, ...event, ...grouping, ...intake, ...issue, ...live, ...lookup, ...member, ...project, ...release, ...server, ...tag, ...view }
