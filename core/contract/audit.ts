// Who did what: the decisions of the log, as the API shows them (Sentry's shape).

import { z } from 'zod'

const auditUser = z.object({ id: z.string(), name: z.string(), email: z.string() })

export const auditEntry = z.object({
  /** The position of the decision. */
  id: z.string(),
  /** Null for what the installation did by itself. */
  actor: auditUser.nullable(),
  /** The type of the decision: `issue.resolved`. */
  event: z.string(),
  /** A sentence without its subject: `resolved SHOP-9RK2`. */
  note: z.string(),
  /** The id of what it is about. */
  targetObject: z.string().nullable(),
  /** Whom it is about. */
  targetUser: auditUser.nullable(),
  dateCreated: z.string(),
  /** What was decided; long lists are left out. */
  data: z.record(z.string(), z.unknown()),
  refold: z.object({ actor: z.string().nullable(), project: z.string().nullable() }),
})
export type AuditEntry = z.infer<typeof auditEntry>

/** `options`: every `event` there is. */
export const auditLog = z.object({ rows: z.array(auditEntry), options: z.array(z.string()) })
export type AuditLog = z.infer<typeof auditLog>
