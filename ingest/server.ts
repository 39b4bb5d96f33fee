// The HTTP server: what every answer has in common (headers, errors, access), then the routes. main.ts creates and listens.
// Ingest's own routes are added here; those of other rooms and of the SDK side come as `routes`, each in a context of its own.

import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { join } from 'node:path'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyHttpOptions } from 'fastify'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Config } from '../core/config.ts'
import { maxVersionLength } from '../core/release/version.ts'
import { registerAccess, isWebApi, requireDeclaredAccess } from './access.ts'
import { registerAccountRoutes } from './auth/account-routes.ts'
import { registerInvitationRoutes } from './auth/invitation-routes.ts'
import { registerMemberRoutes } from './auth/member-routes.ts'
import { registerArtifactCommands } from './artifacts/routes.ts'
import { registerAuthRoutes } from './auth/routes.ts'
import { registerSessions } from './auth/sessions.ts'
import { registerTeamRoutes } from './auth/team-routes.ts'
import { registerTokenRoutes } from './auth/token-routes.ts'
import { registerBulkCommands } from './commands/bulk.ts'
import { registerDeployCommands } from './commands/deploys.ts'
import { registerIssueCommands } from './commands/issues.ts'
import { registerOrganizationCommands } from './commands/organization.ts'
import { registerProjectCommands } from './commands/projects.ts'
import { registerReleaseCommands } from './commands/releases.ts'
import { registerSampleCommand } from './commands/sample.ts'
import { registerRulesCommands } from './commands/rules.ts'
import type { FindIssues } from './commands/select-issues.ts'
import { registerUnmergeCommands } from './commands/unmerge.ts'
import { registerJsonBodies } from './json-bodies.ts'
import { answerError, registerProblems } from './problems.ts'
import { registerSpa } from './spa.ts'
import { registerViewRoutes } from './views/routes.ts'

export type ServerDeps = {
  config: Config
  log: Logger | false
  /** Names this build of the app; a browser that sees another one offers to reload (ui.md G-09). */
  build: string
  pool: Pool
  /** At least 32 characters. */
  sessionSecret: string
  routes: ((app: FastifyInstance) => void)[]
  findIssues: FindIssues
  /** Called after a command has appended decisions: the moment to wake the fold. */
  onDecided: () => void
}

const bodyLimit = 1024 * 1024

/** ui.md G-06. */
const contentSecurityPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"

export function createServer(deps: ServerDeps): FastifyInstance {
  const { config, pool } = deps
  const everyAnswer = {
    'x-refold-build': deps.build,
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
  }
  const options: FastifyHttpOptions<Server> = {
    ...(deps.log && { loggerInstance: deps.log as FastifyBaseLogger }),
    // URLs of the SDK side carry keys, so requests are not logged.
    logController: new LogController({ disableRequestLogging: true }),
    // Both spellings of a path are the same route: an SDK's POST does not survive a redirect. No parameter is longer than a version.
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: maxVersionLength },
    trustProxy: (_address, hop) => hop < config.trustedProxies,
    bodyLimit,
    // The only deadline of a body that trickles in (protocol case 156); answers, and so live streams, may last.
    requestTimeout: 60_000,
    // Who opens a connection and says nothing, or headers without end, has less: ten thousand of them hold 100 MB. Node looks every half
    // minute unless told otherwise.
    http: { headersTimeout: 20_000, connectionsCheckingInterval: 5_000 },
    genReqId: () => randomUUID().replaceAll('-', ''),
    requestIdHeader: false,
    // A path that cannot be decoded never reaches a route, nor the hooks below.
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply.headers(everyAnswer).header('x-request-id', request.id)),
  }
  const app = Fastify(options)

  app.decorateRequest('viewer', null)
  requireDeclaredAccess(app)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(everyAnswer).header('x-request-id', request.id)
    if (isWebApi(request)) reply.header('cache-control', 'no-store')
  })
  app.addHook('onResponse', async (request, reply) => {
    if (request.method !== 'GET' && reply.hasHeader('x-refold-position')) deps.onDecided()
  })
  registerProblems(app)
  registerJsonBodies(app)
  registerSessions(app, { pool, sessionSecret: deps.sessionSecret, secure: config.publicUrl.startsWith('https:') })
  app.after(() => registerAccess(app, deps))

  const own = [
    registerAuthRoutes, registerAccountRoutes, registerTokenRoutes, registerMemberRoutes, registerInvitationRoutes, registerTeamRoutes, registerViewRoutes,
    registerOrganizationCommands, registerProjectCommands, registerSampleCommand, registerIssueCommands, registerBulkCommands, registerUnmergeCommands,
    registerRulesCommands, registerReleaseCommands, registerDeployCommands, registerArtifactCommands,
  ]
  for (const register of own) app.register(async (scope) => register(scope, deps))
  for (const register of deps.routes) app.register(async (scope) => register(scope))
  app.register(async (scope) => registerSpa(scope, join(import.meta.dirname, '../dist')))
  return app
}
