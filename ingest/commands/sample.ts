// `create-sample/`: an event of the server's own making, appended like one that an SDK sent, so that everything after the door can be
// seen to work. No key and no quota is asked: who signs in may.

import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { CreatedSample } from '../../core/contract/project.ts'
import { requireViewer } from '../auth/viewer.ts'
import { requireProjectId } from '../find-project.ts'
import { appendEnvelopes } from '../log/append.ts'
import { makeTestEvent } from '../samples/test-event.ts'
import { setPosition } from './append.ts'

export function registerSampleCommand(app: FastifyInstance, { pool }: { pool: Pool }): void {
  app.post<{ Params: { project: string } }>('/api/0/projects/:org/:project/create-sample/', async (request, reply): Promise<CreatedSample> => {
    const projectId = await requireProjectId(pool, request.params.project)
    const eventId = randomBytes(16).toString('hex')
    const lines = [{ event_id: eventId }, { type: 'event' }, makeTestEvent(eventId, Date.now())]
    const payload = Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'))
    const { actor } = requireViewer(request)
    const [position] = await appendEnvelopes(pool, [{ projectId, type: 'envelope.received', actor, remoteAddr: null, sdk: 'refold.test', eventId, meta: {}, encoding: 'n', payload }])
    setPosition(reply, position!)
    reply.code(201)
    return { eventID: eventId }
  })
}
