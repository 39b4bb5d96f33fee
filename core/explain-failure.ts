// Why a command or a start failed, in words for the operator: what it was and what to do. Used by cli.ts.

import type { Environment } from './config.ts'

/** One line. Knows the errors of node and PostgreSQL that an operator can do something about; never shows a password. */
export function explainFailure(error: unknown, env: Environment): string {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (code === 'EADDRINUSE') return `The port ${env.PORT || 8000} is taken by another program. Stop it, or set PORT.`
  if (code === 'EACCES' && message.startsWith('listen')) return `The port ${env.PORT} needs root. Set PORT to 1024 or more.`
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${env.HOST}. Set HOST to one it has, or to 0.0.0.0.`
  if (code === 'EACCES' || code === 'EROFS') return `The folder for the data cannot be written (${message}). Set DATA_DIR to one that can.`
  if (env.DATABASE_URL && URL.canParse(env.DATABASE_URL)) return explainDatabase(code, message, new URL(env.DATABASE_URL)) ?? (message || code)
  return message || code || String(error)
}

function explainDatabase(code: string, message: string, { host, username, pathname }: URL): string | undefined {
  if (/^E(CONNREFUSED|CONNRESET|NOTFOUND|AI_AGAIN|TIMEDOUT|HOSTUNREACH)$/.test(code) || /timeout/.test(message)) {
    return `The database at ${host} cannot be reached${code && ` (${code})`}. Is PostgreSQL running there, and is DATABASE_URL right?`
  }
  if (code === '28P01' || code === '28000') return `The database at ${host} refuses the user "${username}" or its password. See DATABASE_URL.`
  const name = pathname.slice(1)
  return code === '3D000' ? `There is no database "${name}" at ${host}. Make it: createdb ${name}` : undefined
}
