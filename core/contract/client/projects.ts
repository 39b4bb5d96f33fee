// Projects, their keys and settings, and what became of what came in for them.

import type { UserFeedback } from '../intake.ts'
import type { Environment } from '../lookup.ts'
import type { ChangedProject, NewProject, Outcome, Project, ProjectChange, ProjectKey } from '../project.ts'
import type { RateLimit } from '../../project/decide.ts'
import { onOrganization, onProject, type Api } from './api.ts'
import type { Paging } from './pages.ts'
import type { CallOptions } from './transport.ts'

export function projectCalls({ send, page, all }: Api) {
  return {
    projects: (options?: CallOptions) => send<Project[]>(`GET ${onOrganization}projects/`, {}, options),
    project: (project: string, options?: CallOptions) => send<Project>(`GET ${onProject}`, { params: { project } }, options),
    createProject: (body: NewProject, options?: CallOptions) => send<Project>('POST /api/0/projects/:org/', { body }, options),
    updateProject: (project: string, body: ProjectChange, options?: CallOptions) => send<ChangedProject>(`PUT ${onProject}`, { params: { project }, body }, options),
    deleteProject: (project: string, options?: CallOptions) => send<undefined>(`DELETE ${onProject}`, { params: { project } }, options),
    environments: (project: string, options?: CallOptions) => send<Environment[]>(`GET ${onProject}environments/`, { params: { project } }, options),
    outcomes: (project: string, options?: CallOptions) => send<Outcome[]>(`GET ${onProject}outcomes/`, { params: { project } }, options),
    userFeedback: (project: string, query: Paging = {}, options?: CallOptions) => page<UserFeedback>(`GET ${onProject}user-feedback/`, { params: { project }, query }, options),
    allUserFeedback: (project: string, options?: CallOptions) => all<UserFeedback>(`GET ${onProject}user-feedback/`, { params: { project } }, options),

    keys: (project: string, options?: CallOptions) => send<ProjectKey[]>(`GET ${onProject}keys/`, { params: { project } }, options),
    createKey: (project: string, body: { name?: string } = {}, options?: CallOptions) => send<ProjectKey>(`POST ${onProject}keys/`, { params: { project }, body, once: true }, options),
    updateKey: (project: string, key: string, body: { name?: string; isActive?: boolean; rateLimit?: RateLimit | null }, options?: CallOptions) =>
      send<ProjectKey>(`PUT ${onProject}keys/:key/`, { params: { project, key }, body }, options),
    /** A new key in its place; the old one goes on working unless `keepOld` is false. */
    rotateKey: (project: string, key: string, body: { keepOld?: boolean } = {}, options?: CallOptions) =>
      send<ProjectKey>(`POST ${onProject}keys/:key/rotate/`, { params: { project, key }, body, once: true }, options),
    deleteKey: (project: string, key: string, options?: CallOptions) => send<undefined>(`DELETE ${onProject}keys/:key/`, { params: { project, key } }, options),
  }
}
