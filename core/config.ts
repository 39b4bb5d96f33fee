// Environment -> configuration, pure. All problems are reported at once, in words a newcomer understands.

export type Config = {
  /** Undefined = start the embedded PostgreSQL under `dataDir`. */
  databaseUrl: string | undefined
  dataDir: string
  host: string
  port: number
  /** Origin that browsers and SDKs use, no trailing slash; DSNs and links are built from it. */
  publicUrl: string
  /** Reverse proxies in front whose `X-Forwarded-For` is believed; 0 = the socket's address. */
  trustedProxies: number
  /** What may wait on disk while the database is away; 0 = nothing. */
  spoolMaxBytes: number
  organization: { slug: string; name: string }
  superuser: { email: string; password: string } | undefined
  /** Undefined = a secret is made and kept in `dataDir`. At least 32 characters. */
  sessionSecret: string | undefined
  /** Who sends it as a bearer token may read `/metrics`; undefined = there is none. At least 16 characters. */
  metricsToken: string | undefined
  logLevel: string
}

export type Environment = Record<string, string | undefined>

/** Reads `PORT`, `HOST`, `DATA_DIR`, `PUBLIC_URL`, `DATABASE_URL`, `TRUSTED_PROXIES`, `SPOOL_MAX_MB`, `ORGANIZATION`, `CREATE_SUPERUSER`, `SESSION_SECRET_KEY`, `METRICS_TOKEN`, `LOG_LEVEL`. An empty variable is an absent one. */
export function readConfig(env: Environment): { config: Config } | { problems: string[] } {
  const problems: string[] = []
  const get = (name: string): string | undefined => env[name]?.trim() || undefined

  const integer = (name: string, fallback: number, max: number): number => {
    const text = get(name)
    if (text === undefined) return fallback
    const value = Number(text)
    if (Number.isInteger(value) && value >= 0 && value <= max) return value
    problems.push(`${name} is "${text}". It must be a whole number from 0 to ${max}.`)
    return fallback
  }
  const oneOf = (name: string, fallback: string, allowed: readonly string[]): string => {
    const text = get(name) ?? fallback
    if (!allowed.includes(text)) problems.push(`${name} is "${text}". It must be one of ${allowed.join(', ')}.`)
    return text
  }
  const url = (name: string, protocols: readonly string[], example: string): URL | undefined => {
    const text = get(name)
    if (text === undefined) return undefined
    const parsed = URL.canParse(text) ? new URL(text) : undefined
    if (parsed && protocols.includes(parsed.protocol)) return parsed
    problems.push(`${name} is "${text}". It must be a URL like ${example}.`)
    return undefined
  }

  const port = integer('PORT', 8000, 65_535)
  const publicUrl = url('PUBLIC_URL', ['http:', 'https:'], 'https://errors.example.com')
  if (publicUrl && (publicUrl.search || publicUrl.hash || publicUrl.username)) problems.push('PUBLIC_URL must be only scheme, host, port and path, without a user, query or fragment.')
  if (publicUrl && publicUrl.pathname !== '/') problems.push('PUBLIC_URL has a path. Refold must be served at the root of its host: sentry-cli needs that.')
  url('DATABASE_URL', ['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/refold')

  const sessionSecret = get('SESSION_SECRET_KEY')
  if (sessionSecret !== undefined && sessionSecret.length < 32) problems.push(`SESSION_SECRET_KEY has ${sessionSecret.length} characters. It needs at least 32; make one with: openssl rand -hex 32`)

  const metricsToken = get('METRICS_TOKEN')
  if (metricsToken !== undefined && metricsToken.length < 16) problems.push(`METRICS_TOKEN has ${metricsToken.length} characters. It needs at least 16; make one with: openssl rand -hex 16`)

  const superuser = readSuperuser(get('CREATE_SUPERUSER'), problems)
  const organization = get('ORGANIZATION') ?? 'refold'
  if (!/^[a-z0-9][a-z0-9-]{0,49}$/.test(organization)) problems.push(`ORGANIZATION is "${organization}". Use 1 to 50 lower-case letters, digits and dashes.`)

  const config: Config = {
    databaseUrl: get('DATABASE_URL'),
    dataDir: get('DATA_DIR') ?? './data',
    host: get('HOST') ?? '0.0.0.0',
    port,
    publicUrl: publicUrl?.origin ?? `http://localhost:${port}`,
    trustedProxies: integer('TRUSTED_PROXIES', 0, 10),
    spoolMaxBytes: integer('SPOOL_MAX_MB', 1024, 1_000_000) * 1_000_000,
    organization: { slug: organization, name: organization },
    superuser,
    sessionSecret,
    metricsToken,
    logLevel: oneOf('LOG_LEVEL', 'info', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
  }
  return problems.length > 0 ? { problems } : { config }
}

function readSuperuser(text: string | undefined, problems: string[]): { email: string; password: string } | undefined {
  if (text === undefined) return undefined
  const cut = text.indexOf(':')
  const email = text.slice(0, cut)
  const password = text.slice(cut + 1)
  if (cut > 0 && /^\S+@\S+$/.test(email) && password.length >= 8) return { email, password }
  problems.push('CREATE_SUPERUSER must be email:password, the password with at least 8 characters.')
  return undefined
}
