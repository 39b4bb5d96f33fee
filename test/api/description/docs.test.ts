// The examples of docs/api.md and docs/clients.md, as they stand there, against the real server.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { root } from '../../house/sources.ts'
import { startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.app.stop())

const blocks = (page: string, language: string): string[] => [...readFileSync(path.join(root, 'docs', page), 'utf8').matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text]) => text!)

type Command = { method: string; url: string; headers: Record<string, string>; body?: string }

/** The few options of curl that the pages use; any other throws. */
function readCurl(line: string, variables: Record<string, string>): Command {
  const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, plain, quoted, bare]) => plain ?? (quoted ?? bare)!.replaceAll(/\$(\w+)/g, (_, name: string) => variables[name] ?? `no ${name}`))
  const command: Command = { method: 'GET', url: '', headers: {} }
  for (let index = 1; index < words.length; index++) {
    const word = words[index]!
    if (!word.startsWith('-')) command.url = word
    else if (word === '-X') command.method = words[++index]!
    else if (word === '-d') command.body = words[++index]!
    else if (word === '-H') {
      const [name, value] = words[++index]!.split(': ') as [string, string]
      command.headers[name.toLowerCase()] = value
    } else throw new Error(`the test does not know ${word}`)
  }
  return command
}

test.each(['api.md', 'clients.md'])('every curl of docs/%s is answered', async (page) => {
  const { names, app } = world
  const variables = { REFOLD: app.origin, TOKEN: world.token(), ISSUE: names.issue!, OTHER: names.other!, DOOMED: names.fourth!, EVENT: names.event! }
  const commands = blocks(page, 'sh').flatMap((block) => block.replaceAll('\\\n', ' ').split('\n').filter((line) => line.startsWith('curl ')))
  expect(commands.length).toBeGreaterThan(page === 'api.md' ? 20 : 0)
  const refused: string[] = []
  for (const line of commands) {
    const { method, url, headers, body } = readCurl(line, variables)
    const address = url.replace('https://errors.example.com', app.origin)
    const { status, body: answer } = await app.ask(method, address.slice(app.origin.length), { headers, ...(body !== undefined && { body }) })
    if (status >= 300) refused.push(`${line}\n${status} ${JSON.stringify(answer)}`)
    if (method !== 'GET') await world.fold()
  }
  expect(refused).toEqual([])
})

test('the program of docs/clients.md runs', async () => {
  const [program] = blocks('clients.md', 'ts')
  // Inside the package, so that it finds itself by its name; outside the rooms.
  const folder = path.join(root, '.vitest')
  const file = path.join(folder, `example-${process.pid}.ts`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, program!.replace('https://errors.example.com', world.app.origin))
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  vi.stubEnv('REFOLD_TOKEN', world.token())
  try {
    await import(pathToFileURL(file).href)
    expect(log.mock.calls.at(-1)).toEqual([expect.any(Number)])
  } finally {
    rmSync(file)
    log.mockRestore()
    vi.unstubAllEnvs()
  }
})
