// Checks of how the outside meets this server: PUBLIC_URL, which every DSN and link is built from, the clocks, and who may walk in.

import type { Config } from '../../core/config.ts'
import { ok, problem, warn, type Answered, type Facts, type Finding } from './facts.ts'

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/
const anyAddress = /^(?:0\.0\.0\.0|\[::\])$/

export function checkAddress({ environment, server }: Facts): Finding[] {
  if (!('config' in environment)) return []
  return [judgeHost(environment.config), ...(server ? judgeAnswer(environment.config, server.own, server.seen) : [])]
}

/** What a DSN would say. */
function judgeHost({ publicUrl }: Config): Finding {
  const check = 'DSN host'
  const { hostname, protocol, host } = new URL(publicUrl)
  if (anyAddress.test(hostname)) return problem(check, `DSNs name ${host}, which is no address that anybody can send to`, 'Set PUBLIC_URL to the name by which others reach this machine.')
  if (loopback.test(hostname)) return warn(check, `DSNs name ${host}: only programs on this machine can use them`, 'If others shall send, set PUBLIC_URL to the name by which they reach this machine, like https://errors.example.com.')
  if (protocol === 'http:') return warn(check, `DSNs name ${publicUrl}: errors, passwords and tokens travel readable`, 'Put a proxy with a certificate in front, set PUBLIC_URL to https:// and TRUSTED_PROXIES to 1.')
  return ok(check, publicUrl)
}

function judgeAnswer({ publicUrl, port }: Config, own: Answered, seen: Answered): Finding[] {
  const check = 'PUBLIC_URL'
  if ('failed' in own) {
    return [warn('server', `nothing answers on port ${port} (${own.failed})`, 'Start it: npm start. What depends on a running server was not checked.')]
  }
  if (own.build === null) return [problem('server', `what answers on port ${port} is not Refold`, 'Stop it, or set PORT.')]
  const running = own.health === 'spooling'
    ? warn('server', 'it runs, but the database is away or too slow: what comes in is kept on disk', 'Its log says what is wrong.')
    : ok('server', `it runs on port ${port}`)
  if ('failed' in seen) return [running, problem(check, `${publicUrl} cannot be reached from here (${seen.failed})`, 'Is the name right, does the proxy run, is the certificate valid? If only this machine cannot reach it, all is well.')]
  if (seen.location !== null) return [running, problem(check, `${publicUrl} redirects to ${seen.location}: what SDKs post does not survive that`, 'Set PUBLIC_URL to where it leads; SDKs need the new DSN.')]
  if (seen.build === null) return [running, problem(check, `what answers at ${publicUrl} (status ${seen.status}) is not Refold`, `Let the proxy pass everything to port ${port}.`)]
  if (seen.build !== own.build) return [running, warn(check, `${publicUrl} is another installation or version than the one on port ${port}`, 'Check where PUBLIC_URL leads. During an upgrade of several servers this is as it should be.')]
  return [running, ok(check, `${publicUrl} leads here`)]
}

/** A wrong clock makes wrong times of events, and sessions that end early. */
export function checkClocks({ database, server }: Facts): Finding[] {
  const clocks = [
    ['the database', database && 'clock' in database ? database.clock : null],
    ['the server', server && 'clock' in server.own ? server.own.clock : null],
  ] as const
  return clocks.flatMap(([whose, clock]) => {
    if (clock === null) return []
    const seconds = Math.max(0, Math.abs(clock.ahead) - clock.uncertainty) / 1_000
    const says = `the clock of ${whose} is ${seconds.toFixed(0)} s ${clock.ahead > 0 ? 'ahead of' : 'behind'} this machine's`
    const advice = 'Let both keep time by NTP (systemd-timesyncd, chrony).'
    return [seconds >= 60 ? problem('clock', says, advice) : seconds >= 5 ? warn('clock', says, advice) : ok('clock', `that of ${whose} agrees with this machine's`)]
  })
}

export function checkOwner({ environment, database, server }: Facts): Finding[] {
  if (!('config' in environment) || database === null || !('log' in database) || database.log === null) return []
  if (database.log.accounts > 0) return [ok('owner', 'there is one: nobody can sign up without an invitation')]
  const advice = 'Open the page and make the account now, or: refold user create you@example.com'
  const runs = server !== null && 'build' in server.own
  return [(runs && !loopback.test(environment.config.host) ? problem : warn)('owner', `there is no account${runs ? ': whoever opens the page first owns the installation' : ' yet: the first visit makes the owner'}`, advice)]
}
