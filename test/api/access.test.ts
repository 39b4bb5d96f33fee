// Every route × everybody × own and foreign project: who may and who may not follows from core/access.ts alone.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mayAccess, roles, routeAccess, scopes, type Access } from '../../core/access.ts'
import { pathTo, secret, startWorld, type Persona, type Place, type World } from './access-world.ts'

let world: World
let routes: { method: string; url: string; access: Access }[]
let people: Persona[]
/** They belong to one of the two projects. */
let limited: Persona[]
const nobody: Persona = { name: 'nobody', viewer: null, headers: {} }

beforeAll(async () => {
  world = await startWorld()
  routes = world.app.routes.filter(({ method }) => method !== 'HEAD')
  people = (await Promise.all(roles.map((role) => world.givePerson(role)))).flat()
  limited = [...(await world.givePerson('viewer', [1])), ...(await world.givePerson('member', [1]))]
}, 60_000)
afterAll(() => world.app.stop())

/** Would end what the walk walks with. */
const endsTheWalk = new Set(['DELETE /api/0/auth/', 'DELETE /api/0/organizations/:org/members/me/'])
const isEndless = (url: string): boolean => url.endsWith('/live/')
const isWithin = (url: string): boolean => /:(project|issue|event|version)\b/.test(url)

/** Ten at a time: as many as there are connections. */
async function walk<T>(things: readonly T[], work: (thing: T) => Promise<string | undefined>): Promise<string[]> {
  const wrong: string[] = []
  const left = [...things]
  const go = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) wrong.push(...([await work(next)].filter((each) => each !== undefined)))
  }
  await Promise.all(Array.from({ length: 10 }, go))
  return wrong
}

/** What is wrong with how each of them is answered. What may be changed is looked for where there is nothing, so that all of it stays. */
function askAll(personas: readonly Persona[]): Promise<string[]> {
  const pairs = personas.flatMap((persona) => routes.map((route) => ({ persona, ...route })))
  return walk(pairs, async ({ persona, method, url, access }) => {
    const may = mayAccess(persona.viewer, access)
    if (may && (endsTheWalk.has(`${method} ${url}`) || isEndless(url) || access === 'public')) return undefined
    const { status } = await world.ask(method, pathTo(url, may && method === 'DELETE' ? world.missing : world.own), persona)
    const wanted = may ? 'no 401, 403 or 5xx' : persona.viewer ? '403' : '401'
    const isWanted = may ? status !== 401 && status !== 403 && status < 500 : String(status) === wanted
    return isWanted ? undefined : `${persona.name}: ${method} ${url} is ${status}, not ${wanted}`
  })
}

test('every route is in the table, and everything in the table is a route', () => {
  const built = new Set(routes.map(({ method, url }) => `${method} ${url}`))
  expect(Object.keys(routeAccess).filter((route) => !built.has(route))).toEqual([])
  expect([...built].filter((route) => !Object.hasOwn(routeAccess, route))).toEqual([])
})

describe('every route is open to', () => {
  test('nobody who has not signed in, unless it is public', async () => {
    expect(await askAll([nobody])).toEqual([])
  })

  test('exactly the roles that hold its scope, by cookie and by token', async () => {
    expect(await askAll(people)).toEqual([])
  }, 60_000)

  test('exactly the tokens that hold its scope, whatever their owner may', async () => {
    const owner = people.find(({ viewer }) => viewer?.role === 'owner')!
    expect(await askAll(await Promise.all(scopes.map((scope) => world.giveToken(owner.viewer!, scope))))).toEqual([])
  }, 60_000)

  test('people of a project, for what is in it', async () => {
    // No attachment was sent, and what is live has no diff.
    const inside = routes.filter(({ method, url }) => method === 'GET' && isWithin(url) && !/:(attachment|team)\b|diff\/$/.test(url))
    const pairs = limited.flatMap((persona) => inside.filter(({ access }) => mayAccess(persona.viewer, access)).map((route) => ({ persona, ...route })))
    expect(await walk(pairs, async ({ persona, method, url }) => {
      const { status, text } = await world.ask(method, pathTo(url, world.own), persona)
      return status === 404 ? `${persona.name}: ${method} ${url} says ${text}` : undefined
    })).toEqual([])
    expect(pairs.length).toBeGreaterThan(100)
  })
})

describe('who does not belong to a project', () => {
  test('finds nothing of it, as if it did not exist, whatever is asked, and changes nothing', async () => {
    const before = await world.fingerprint()
    const pairs = limited.flatMap((persona) => routes.filter(({ url, access }) => isWithin(url) && mayAccess(persona.viewer, access)).map((route) => ({ persona, ...route })))
    const answer = ({ persona, method, url }: (typeof pairs)[number], place: Place) => world.ask(method, pathTo(url, place), persona)
    expect(await walk(pairs, async (pair) => {
      const [foreign, missing] = [await answer(pair, world.foreign), await answer(pair, world.missing)]
      const same = foreign.status === missing.status && foreign.text === missing.text
      return same && foreign.status >= 400 ? undefined : `${pair.persona.name}: ${pair.method} ${pair.url} is ${foreign.status} ${foreign.text.slice(0, 200)}; of what does not exist ${missing.status} ${missing.text.slice(0, 200)}`
    })).toEqual([])
    expect(pairs.length).toBeGreaterThan(150)
    expect(await world.fingerprint()).toEqual(before)
  })

  test('reads nothing of it in any answer, nor by naming it in the query', async () => {
    const { foreign } = world
    const queries = ['', `project=${foreign.project}`, 'project=2', 'project=-1&statsPeriod=90d&field=sum(quantity)&groupBy=project', `id=${foreign.issue}&with=${foreign.issue}&query=release:${foreign.version}`, `generation=${foreign.generation}`]
    const pairs = limited.slice(-1).flatMap((persona) => routes.filter(({ method, url, access }) => method === 'GET' && !isEndless(url) && url !== '/*' && mayAccess(persona.viewer, access)).map((route) => ({ persona, ...route })))
    expect(await walk(pairs, async ({ persona, method, url }) => {
      for (const query of queries) {
        const { status, text } = await world.ask(method, `${pathTo(url, world.own)}?${query}`, persona)
        // A query may come back in the answer; its sentence is what was asked.
        const told = text.replaceAll(foreign.version, '').replaceAll(foreign.project, query === '' ? foreign.project : '')
        if (status < 300 && (told.toLowerCase().includes(secret) || told.includes(foreign.event))) return `${persona.name}: ${method} ${url}?${query} tells ${text.slice(0, 300)}`
      }
      return undefined
    })).toEqual([])
  }, 60_000)

  test('is counted nothing of it', async () => {
    const owner = people.find(({ name }) => name === 'owner by token')!
    const organization = '/api/0/organizations/refold/'
    for (const path of ['issues-count/?query=', 'stats_v2/?groupBy=outcome&statsPeriod=24h&field=sum(quantity)', 'projects/?', 'issues/?query=', 'events/?query=', 'tags/environment/values/?', 'releases/?']) {
      const mine = await world.ask('GET', `${organization}${path}`, limited[1]!)
      const theirs = await world.ask('GET', `${organization}${path}&project=1`, owner)
      expect([path, mine.status, mine.text]).toEqual([path, 200, path === 'projects/?' ? mine.text : theirs.text])
      expect(mine.text).not.toEqual((await world.ask('GET', `${organization}${path}`, owner)).text)
    }
  })

  test('changes nothing of it by what names several issues or projects', async () => {
    const { own, foreign } = world
    const [persona] = limited.filter(({ name }) => name === 'member of shop by token')
    const { rows: [head] } = await world.app.pool.query<{ position: string }>('select position from log_head')
    const { artifact } = await world.fingerprint()
    const organization = '/api/0/organizations/refold/'
    const requests: [string, string, unknown][] = [
      ...[`${organization}issues/`, `/api/0/projects/refold/${own.project}/issues/`].flatMap((issues): [string, string, unknown][] => [
        ['PUT', `${issues}?id=${foreign.issue}`, { status: 'resolved' }], ['PUT', `${issues}?id=${own.issue}&id=${foreign.issue}`, { status: 'resolved' }],
        ['PUT', `${issues}?id=${own.issue}&id=${foreign.issue}`, { merge: 1 }], ['PUT', `${issues}?query=is:unresolved`, { status: 'ignored' }],
        ['PUT', `${issues}?query=is:ignored&project=2`, { status: 'resolved' }], ['DELETE', `${issues}?id=${foreign.issue}`, undefined], ['DELETE', `${issues}?query=is:unresolved`, undefined],
      ]),
      ['POST', `${organization}releases/`, { version: foreign.version, projects: [foreign.project] }],
      ['POST', `${organization}releases/`, { version: 'new@1', projects: [own.project, foreign.project] }],
      ['PUT', `${organization}releases/${own.version}/`, { projects: [foreign.project], url: 'https://example.com' }],
      ['POST', `${organization}releases/${own.version}/deploys/`, { environment: 'production', projects: [foreign.project] }],
      ['POST', `${organization}artifactbundle/assemble/`, { checksum: 'b'.repeat(40), chunks: [], projects: [foreign.project] }],
      ['POST', `${organization}code-mappings/bulk/`, { project: foreign.project, repository: 'x', mappings: [] }],
      ['PUT', `/api/0/issues/${own.issue}/unmerge/`, { sides: [['v1:x']] }],
    ]
    for (const [method, url, body] of requests) {
      const { status } = await world.ask(method, url, persona!, body)
      expect([method, url, status === 401 || status === 403 || status >= 500]).toEqual([method, url, false])
    }
    const { rows } = await world.app.pool.query<{ type: string; payload: Buffer }>(
      `select type, payload from log where kind = 'd' and position > $1 and (project_id = 2 or convert_from(payload, 'utf8') ~ '"projects":\\[[^\\]]*\\y2\\y')`, [head!.position])
    expect(rows.map(({ type, payload }) => [type, payload.toString()])).toEqual([])
    expect((await world.fingerprint()).artifact).toBe(artifact)
  })
})
