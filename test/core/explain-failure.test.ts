// Every failure that an operator can do something about gets its sentence; all others keep their own words.

import { expect, test } from 'vitest'
import { explainFailure } from '../../core/explain-failure.ts'

const DATABASE_URL = 'postgres://refold:geheim@db.example:5432/errors'
const failure = (code: string, message = ''): Error => Object.assign(new Error(message), { code })

test.each([
  [failure('EADDRINUSE'), {}, 'The port 8000 is taken by another program. Stop it, or set PORT.'],
  [failure('EACCES', 'listen EACCES: permission denied 0.0.0.0:80'), { PORT: '80' }, 'The port 80 needs root. Set PORT to 1024 or more.'],
  [failure('EADDRNOTAVAIL'), { HOST: '10.9.8.7' }, 'This machine has no address 10.9.8.7. Set HOST to one it has, or to 0.0.0.0.'],
  [failure('EACCES', "mkdir '/data'"), {}, "The folder for the data cannot be written (mkdir '/data'). Set DATA_DIR to one that can."],
  [failure('ENOTFOUND'), { DATABASE_URL }, 'The database at db.example:5432 cannot be reached (ENOTFOUND). Is PostgreSQL running there, and is DATABASE_URL right?'],
  [new Error('timeout expired'), { DATABASE_URL }, 'The database at db.example:5432 cannot be reached. Is PostgreSQL running there, and is DATABASE_URL right?'],
  [failure('28P01'), { DATABASE_URL }, 'The database at db.example:5432 refuses the user "refold" or its password. See DATABASE_URL.'],
  [failure('3D000'), { DATABASE_URL }, 'There is no database "errors" at db.example:5432. Make it: createdb errors'],
  [new Error('The database is PostgreSQL 15.'), { DATABASE_URL }, 'The database is PostgreSQL 15.'],
  ['a text', {}, 'a text'],
])('%s with %j is explained', (error, env, words) => {
  expect(explainFailure(error, env)).toBe(words)
})
