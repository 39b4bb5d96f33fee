import { expect, test } from 'vitest'
import { readConfig } from '../../core/config.ts'

test('an empty environment is a working configuration', () => {
  expect(readConfig({})).toMatchObject({ config: { databaseUrl: undefined, dataDir: './data', host: '0.0.0.0', port: 8000, publicUrl: 'http://localhost:8000', superuser: undefined } })
})

test('the public URL follows the port until it is given', () => {
  expect(readConfig({ PORT: '9000' })).toMatchObject({ config: { publicUrl: 'http://localhost:9000' } })
  expect(readConfig({ PORT: '9000', PUBLIC_URL: 'https://errors.example.com/' })).toMatchObject({ config: { publicUrl: 'https://errors.example.com' } })
})

test('all problems are told at once, each with what to do', () => {
  const answer = readConfig({ PORT: 'http', PUBLIC_URL: 'errors.example.com', DATABASE_URL: 'mysql://db', SESSION_SECRET_KEY: 'short', CREATE_SUPERUSER: 'eva', LOG_LEVEL: 'loud', ORGANIZATION: 'Ac me', TRUSTED_PROXIES: '-1' })
  expect('problems' in answer && answer.problems.map((problem) => problem.split(/[ :]/)[0])).toEqual(
    expect.arrayContaining(['PORT', 'PUBLIC_URL', 'DATABASE_URL', 'SESSION_SECRET_KEY', 'CREATE_SUPERUSER', 'LOG_LEVEL', 'ORGANIZATION', 'TRUSTED_PROXIES']),
  )
})

test('a password may contain colons', () => {
  expect(readConfig({ CREATE_SUPERUSER: 'eva@example.com:se:cret:12' })).toMatchObject({ config: { superuser: { email: 'eva@example.com', password: 'se:cret:12' } } })
})
