#!/usr/bin/env node
// The command line: a table of commands. `serve` runs main.ts; the others work on the same database, whether a server
// runs or not. Exit codes: 0 done, 1 failed, 2 the command line or the environment is not understood.

import { parseArgs } from 'node:util'
import { parse, takeEmail, takeOne, UsageError } from './cli/arguments.ts'
import { ConfigError, foldUpTo, loadConfig, withDatabase } from './cli/database.ts'
import { runRebuild, runRegroup } from './cli/regroup.ts'
import { grantedScopes, scopes } from './core/access.ts'
import { newPassword, newToken } from './core/contract/account.ts'
import { createClient } from './core/contract/client.ts'
import { newProject } from './core/contract/project.ts'
import { explainFailure } from './core/explain-failure.ts'
import { formatDsn } from './core/project/present.ts'
import { createAccount, findLogin } from './ingest/auth/accounts.ts'
import { askPassword } from './ingest/auth/ask-password.ts'
import { findOwner, setPassword } from './ingest/auth/operator.ts'
import { createToken } from './ingest/auth/tokens.ts'
import { createProject } from './ingest/commands/create-project.ts'
import { serve } from './main.ts'
import { projectionTables, verify } from './projections/verify.ts'

type Command = { usage: string; says: string; options?: readonly string[]; run(args: string[]): Promise<void> }

const commands: Record<string, Command> = {
  serve: { usage: '', says: 'run the server', options: ['Configured by environment variables: see the README.'], run: runServer },
  migrate: { usage: '', says: 'bring the database to the newest schema (serve does it too)', run: runMigrations },
  'user create': {
    usage: '<email>', says: 'an account; an owner unless --member is given', run: runUserCreate,
    options: ['--name <name>', '--member', '--password <password>   else it is asked, or the first line of stdin'],
  },
  'user password': { usage: '<email>', says: 'a new password; ends the sessions of the account', options: ['--password <password>   else it is asked, or the first line of stdin'], run: runUserPassword },
  'project create': { usage: '<slug>', says: 'a project; its DSN is the last line', options: ['--name <name>', '--platform <platform>   javascript, python …'], run: runProjectCreate },
  'token create': {
    usage: '--name <name>', says: 'an API token; it is the last line', run: runTokenCreate,
    options: ['--user <email>   default: the owner', `--scope <scope>   may be repeated; default: all of the role (${scopes.join(', ')})`],
  },
  send: { usage: '--dsn <dsn> [kinds …]', says: 'send realistic errors through the Sentry SDK', options: ['--all    one of every kind', '--list   the kinds'], run: runSend },
  regroup: {
    usage: '<project> [options]', says: 'group all its events anew: build, show what would change, apply', run: runRegroup,
    options: [
      '--algorithm <version>   v1, v2; default: the live one', '--rules <file>          fingerprint rules; default: the newest', '--frame-rules <file>    frame rules; default: the newest',
      '--preview               stop before anything changes (the default)', '--apply                 make it live', '--accept <id>           with a conflict of the preview; may be repeated',
      '--rollback              back to what was live before', '--json                  the preview as JSON',
    ],
  },
  rebuild: { usage: '[project]', says: 'fold its events anew under the same grouping, and make that live; without a project: all', run: runRebuild },
  verify: { usage: '', says: 'fold the log afresh and compare it with every table', run: runVerify },
}

async function runServer(args: string[]): Promise<void> {
  parseArgs({ args })
  const config = loadConfig()
  const starting = serve(config)
  let stoppingSince: number | undefined
  const stop = async (signalNumber: number): Promise<void> => {
    // npm passes Ctrl-C on, so one press arrives twice.
    if (stoppingSince !== undefined && performance.now() - stoppingSince < 500) return
    if (stoppingSince !== undefined) process.exit(128 + signalNumber)
    stoppingSince = performance.now()
    setTimeout(() => fail(new Error('Refold did not stop within 10 s and was ended.')), 10_000).unref()
    await starting.then((running) => running.stop()).catch(fail)
    process.exit()
  }
  process.on('SIGINT', () => void stop(2))
  process.on('SIGTERM', () => void stop(15))

  const { address } = await starting
  console.log(`Refold listens on ${address}\nOpen ${config.publicUrl}`)
  const client = createClient({ baseUrl: address, organization: config.organization.slug })
  const needsOwner = await client.authConfig().then(({ data }) => data.refold.needsOwner, () => false)
  if (needsOwner) console.log('There is no account yet: the first visit creates the owner.')
}

async function runMigrations(args: string[]): Promise<void> {
  parseArgs({ args })
  await withDatabase(({ applied }) => console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The schema is up to date.'))
}

async function runUserCreate(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { name: { type: 'string' }, member: { type: 'boolean' }, password: { type: 'string' } } })
  const email = takeEmail(positionals)
  const password = parse(newPassword, values.password ?? (await askPassword()))
  await withDatabase(async ({ pool }) => {
    const account = await createAccount(pool, { email, password, name: values.name, role: values.member ? 'member' : 'owner' })
    if (!account) throw new Error(`There is an account with the email ${email} already.`)
    console.log(`Created the ${account.role} ${account.email}.`)
  })
}

async function runUserPassword(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { password: { type: 'string' } } })
  const email = takeEmail(positionals)
  const password = parse(newPassword, values.password ?? (await askPassword()))
  await withDatabase(async ({ pool }) => {
    if (!(await setPassword(pool, email, password))) throw new Error(`There is no account with the email ${email}.`)
    console.log(`Changed the password of ${email}; its sessions are ended.`)
  })
}

async function runProjectCreate(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { name: { type: 'string' }, platform: { type: 'string' } } })
  const slug = takeOne(positionals, 'the slug of the project')
  const project = parse(newProject, { slug, name: values.name ?? slug, platform: values.platform })
  await withDatabase(async ({ pool, config }) => {
    const created = await createProject(pool, project, { actor: 'system:cli' })
    if ('refused' in created) throw new Error(`There is a project with the slug ${slug} already.`)
    await foldUpTo(pool, created.position)
    console.log(`Created the project ${created.slug}. Its DSN:\n${formatDsn(config.publicUrl, created.publicKey, created.id)}`)
  })
}

async function runTokenCreate(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { name: { type: 'string' }, user: { type: 'string' }, scope: { type: 'string', multiple: true } } })
  if (values.name === undefined) throw new UsageError('Give the token a name: --name deploy')
  await withDatabase(async ({ pool }) => {
    const account = values.user === undefined ? await findOwner(pool) : await findLogin(pool, values.user)
    if (!account) throw new Error(values.user === undefined ? 'There is no owner yet. Make one: refold user create you@example.com' : `There is no account with the email ${values.user}.`)
    const held = grantedScopes(account.role)
    const token = parse(newToken, { name: values.name, scopes: values.scope ?? [...held] })
    const beyond = token.scopes.filter((scope) => !held.has(scope))
    if (beyond.length > 0) throw new Error(`The role of ${account.email} does not hold ${beyond.join(', ')}.`)
    console.log(`A token of ${account.email}, shown only now:\n${(await createToken(pool, account.id, token)).token}`)
  })
}

async function runSend(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { dsn: { type: 'string' }, all: { type: 'boolean' }, list: { type: 'boolean' } } })
  // Loaded only here: the SDK costs the server memory that it has no use for.
  const { chooseKinds, describeKinds, sendKinds } = await import('./ingest/samples/send.ts')
  if (values.list) return console.log(describeKinds())
  if (values.dsn === undefined) throw new UsageError('Give the DSN of a project: --dsn http://key@host/1 (refold project create prints one)')
  const wanted = chooseKinds(positionals, values.all ?? false)
  if (typeof wanted === 'string') throw new UsageError(wanted)
  const refused = await sendKinds(values.dsn, wanted, (lines) => console.log(lines))
  if (refused > 0) throw new Error(refused === 1 ? 'One event was not accepted.' : `${refused} events were not accepted.`)
}

async function runVerify(args: string[]): Promise<void> {
  parseArgs({ args })
  await withDatabase(async ({ url }) => {
    const onTerminal = process.stderr.isTTY
    const { rows, position, differences } = await verify(url, (at, of) => onTerminal && process.stderr.write(`\rfolded ${at} of ${of} facts`))
    if (onTerminal) process.stderr.write('\r\x1b[K')
    if (differences.length === 0) return console.log(`${rows} rows in ${projectionTables.length} tables are what the log says, up to position ${position}.`)
    for (const { table, missing, unexpected, examples } of differences) {
      console.log([`${table}: ${missing} rows are missing, ${unexpected} should not be there`, ...examples].join('\n  '))
    }
    throw new Error('The tables are not what the log says.')
  })
}

function fail(error: unknown): never {
  const usage = error instanceof UsageError || String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS')
  console.error(usage ? `${(error as Error).message.split('. To specify')[0]}\nSee: refold --help` : explainFailure(error, process.env))
  process.exit(usage || error instanceof ConfigError ? 2 : 1)
}

/** All commands, a line each; or those whose names begin with `prefix`, with their options. */
function describe(prefix: string): string {
  const shown = Object.entries(commands).filter(([name]) => name.startsWith(prefix))
  if (prefix !== '') return shown.map(([name, { usage, says, options = [] }]) => [`refold ${name} ${usage}`, says, ...options].join('\n  ')).join('\n\n')
  return [...shown.map(([name, { usage, says }]) => `refold ${`${name} ${usage}`.padEnd(30)} ${says}`), '', 'refold <command> --help shows its options.'].join('\n')
}

async function run(args: string[]): Promise<void> {
  const name = Object.keys(commands).find((each) => `${args.join(' ')} `.startsWith(`${each} `))
  const isHelp = args.length === 0 || args.includes('--help') || args.includes('-h')
  const help = isHelp && describe(name ?? (args[0]?.startsWith('-') ? '' : (args[0] ?? '')))
  if (help) return console.log(help)
  if (name === undefined) throw new UsageError(`There is no command "${args.join(' ')}".`)
  await commands[name]!.run(args.slice(name.split(' ').length))
}

await run(process.argv.slice(2)).catch(fail)
