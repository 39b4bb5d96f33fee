// Checks of what the environment says alone: Node, configuration, secrets, proxies.

import type { Config } from '../../core/config.ts'
import { ok, problem, warn, type Facts, type Finding } from './facts.ts'

const leastNode = 26

export function checkNode({ node }: Facts): Finding {
  return Number.parseInt(node) >= leastNode ? ok('Node', node) : warn('Node', `${node}, which is older than what Refold is tested with`, `Start it by npm start, which uses Node ${leastNode} from npm, or install that.`)
}

export function checkConfiguration({ environment }: Facts): Finding {
  if ('config' in environment) return ok('configuration', 'every variable is understood')
  return problem('configuration', environment.problems.join(' '), 'Correct these variables; the README lists all.')
}

/** The classics of examples and of first guesses. */
const known = /^(?:change[-_ ]?me|secret|default|example|password|refold|test|admin|sentry|letmein|qwerty|welcome|root|12345678|.*a-long-password.*)[\d!._-]*$/i
const leastPassword = 12
const leastDistinct = 10

export function checkSecret({ environment, disk }: Facts): Finding[] {
  if (!('config' in environment)) return []
  const { sessionSecret } = environment.config
  const make = 'Make one: openssl rand -hex 32. Everybody signs in again after the change.'
  if (sessionSecret === undefined) {
    const mode = disk?.modes.secret ?? null
    if (mode !== null && (mode & 0o077) !== 0) return [warn('session secret', 'others on this machine may read DATA_DIR/session-secret', `chmod 600 ${disk!.dataDir}/session-secret`)]
    return [ok('session secret', mode === null ? 'the first start makes one' : 'made by Refold and kept in DATA_DIR')]
  }
  const repeats = new Set(sessionSecret).size < leastDistinct || /^(.{1,16})\1+$/.test(sessionSecret) || /change|secret|example|default/i.test(sessionSecret)
  return [repeats ? problem('session secret', 'SESSION_SECRET_KEY can be guessed, and with it anybody can sign in as anybody', make) : ok('session secret', `${sessionSecret.length} characters from SESSION_SECRET_KEY`)]
}

export function checkSuperuser({ environment, database }: Facts): Finding[] {
  if (!('config' in environment) || environment.config.superuser === undefined) return []
  const { email, password } = environment.config.superuser
  const check = 'superuser'
  const weak = known.test(password) || password.toLowerCase() === email.split('@')[0]!.toLowerCase()
  const opens = database === null || !('log' in database) || database.log === null || database.log.accounts === 0 || database.log.superuserOpens
  if (!opens) return [ok(check, 'CREATE_SUPERUSER holds a password that opens nothing any more; the variable can go')]
  const advice = `refold user password ${email}, and take CREATE_SUPERUSER out of the environment: it is needed once.`
  if (weak) return [problem(check, `the password that CREATE_SUPERUSER gives ${email} is one that is tried first`, advice)]
  if (password.length < leastPassword) return [warn(check, `the password that CREATE_SUPERUSER gives ${email} has only ${password.length} characters`, advice)]
  return [ok(check, `${email}, with a password of ${password.length} characters`)]
}

export function checkProxies({ environment, server }: Facts): Finding[] {
  if (!('config' in environment)) return []
  const { trustedProxies } = environment.config
  const check = 'proxies'
  const inFront = findProxy(environment.config, server)
  if (trustedProxies === 0 && inFront.sure !== undefined) {
    return [warn(check, `${inFront.sure}, so a proxy stands in front, and TRUSTED_PROXIES is 0: every client looks like the proxy, one who guesses passwords locks out all, and events carry its address`, 'Set TRUSTED_PROXIES to the number of proxies in front, and let the outermost set X-Forwarded-For.')]
  }
  if (trustedProxies > 0 && !inFront.possible) {
    return [warn(check, `TRUSTED_PROXIES is ${trustedProxies}, but PUBLIC_URL leads to PORT itself: clients can choose the address they seem to come from`, 'Set TRUSTED_PROXIES to 0, or PUBLIC_URL to the address of the proxy.')]
  }
  return [ok(check, trustedProxies === 0 ? 'none is trusted, and none is seen' : `${trustedProxies} trusted`)]
}

/** Refold itself speaks only http, on PORT. Another port may as well be one that Docker maps. */
function findProxy({ publicUrl, port }: Config, server: Facts['server']): { sure?: string; possible: boolean } {
  const { protocol, port: seenPort } = new URL(publicUrl)
  if (protocol === 'https:') return { sure: 'PUBLIC_URL is https', possible: true }
  if (server && 'proxies' in server.seen && server.seen.proxies.length > 0) return { sure: `what answers at PUBLIC_URL carries ${server.seen.proxies.join(', ')}`, possible: true }
  return { possible: Number(seenPort || 80) !== port }
}
