// The table of all commands, in the order of the help. Only the code of the one that is asked for is loaded.

import { roles } from '../core/access.ts'
import { command, text, texts, toggle, type Command } from './command.ts'

const output = { json: toggle('JSON (the default where the output is no terminal)'), table: toggle('a table (the default on a terminal)') }
const server = { url: text('<url>', 'of the server; default: REFOLD_URL, else http://localhost:PORT'), token: text('<token>', 'default: REFOLD_TOKEN, which other people on this machine cannot read') }
const api = { ...server, ...output }
const projectsOf = text('<project>', 'only of this project')
const pages = { limit: text('<n>', 'how many; default: 25'), all: toggle('all there are') }
/** Of commands that change many issues. */
const many = {
  query: text('<query>', 'those that it finds, instead of ids; needs --project'), project: projectsOf, yes: toggle('do not ask whether so many are meant'), ...api,
}
const password = text('<password>', 'else it is asked, or the first line of stdin')

const makeToken = command({
  works: 'database', usage: '--name <name>', says: 'an API token; it is the last line',
  options: { name: text('<name>', 'what it is for'), user: text('<email>', 'whose; default: the owner'), scope: texts('<scope>', 'default: all of the role; /api/0/docs/ says what needs which') },
  load: async () => (await import('./tokens.ts')).makeToken,
})

export const commands: Readonly<Record<string, Command>> = {
  serve: command({ works: 'database', usage: '', says: 'run the server, configured by environment variables: see the README', options: {}, load: async () => (await import('./serve.ts')).runServer }),
  doctor: command({ works: 'database', usage: '', says: 'check the installation, and say what to do', options: output, load: async () => (await import('./doctor.ts')).runDoctor }),
  migrate: command({ works: 'database', usage: '', says: 'bring the database to the newest schema (serve does it too)', options: {}, load: async () => (await import('./verify.ts')).runMigrations }),
  'user create': command({
    works: 'database', usage: '<email>', says: 'an account; an owner unless said otherwise',
    options: { name: text('<name>', 'default: the part before the @'), role: text('<role>', `${roles.join(', ')}; default: owner`), member: toggle('short for --role member'), password }, load: async () => (await import('./accounts.ts')).createUser,
  }),
  'user password': command({ works: 'database', usage: '<email>', says: 'a new password; ends the sessions of the account', options: { password }, load: async () => (await import('./accounts.ts')).changePassword }),
  'project create': command({
    works: 'database', usage: '<slug>', says: 'a project; its DSN is the last line',
    options: { name: text('<name>', 'default: the slug'), platform: text('<platform>', 'javascript, python …') }, load: async () => (await import('./create-project.ts')).createProjectHere,
  }),
  'token create': makeToken,
  'tokens create': makeToken,
  'tokens list': command({
    works: 'database', usage: '', says: 'the tokens of an account',
    options: { user: text('<email>', 'default: the owner'), ...output }, load: async () => (await import('./tokens.ts')).showTokens,
  }),
  'tokens revoke': command({
    works: 'database', usage: '<id>', says: 'a token stops working at once', options: { user: text('<email>', 'default: the owner') }, load: async () => (await import('./tokens.ts')).revokeToken,
  }),
  regroup: command({
    works: 'database', usage: '<project>', says: 'group all its events anew: build, show what would change, apply',
    options: {
      algorithm: text('<version>', 'v1, v2; default: the live one'), rules: text('<file>', 'fingerprint rules; default: the newest'), 'frame-rules': text('<file>', 'frame rules; default: the newest'),
      preview: toggle('stop before anything changes (the default)'), apply: toggle('make it live'), accept: texts('<id>', 'with a conflict of the preview'),
      rollback: toggle('back to what was live before'), json: toggle('the preview as JSON'),
    },
    load: async () => (await import('./regroup.ts')).runRegroup,
  }),
  rebuild: command({ works: 'database', usage: '[project]', says: 'fold its events anew under the same grouping, and make that live; without a project: all', options: {}, load: async () => (await import('./regroup.ts')).runRebuild }),
  verify: command({ works: 'database', usage: '', says: 'fold the log afresh and compare it with every table', options: {}, load: async () => (await import('./verify.ts')).runVerify }),
  'issues list': command({
    works: 'api', usage: '[project]', says: 'issues of a project, or of all; the open ones unless asked otherwise',
    options: { query: text('<query>', 'like in the app; default: is:unresolved'), sort: text('<order>', 'date, new, freq, user; default: date'), ...pages, ...api },
    load: async () => (await import('./issues.ts')).listIssues,
  }),
  'issues show': command({ works: 'api', usage: '<issue>', says: 'one issue with its newest event, by id or short id', options: api, load: async () => (await import('./issues.ts')).showIssue }),
  'issues resolve': command({
    works: 'api', usage: '<issue …>', says: 'it comes back when it happens again',
    options: { 'in-release': text('<version>', 'fixed in it'), 'in-next-release': toggle('fixed in the next one'), ...many }, load: async () => (await import('./change-issues.ts')).resolveIssues,
  }),
  'issues unresolve': command({ works: 'api', usage: '<issue …>', says: 'open again', options: many, load: async () => (await import('./change-issues.ts')).unresolveIssues }),
  'issues archive': command({
    works: 'api', usage: '<issue …>', says: 'out of the way, for ever or until',
    options: { for: text('<time>', '30m, 12h, 7d'), count: text('<n>', 'it has happened so often again'), ...many }, load: async () => (await import('./change-issues.ts')).archiveIssues,
  }),
  'issues assign': command({
    works: 'api', usage: '<issue …>', says: 'whose it is',
    options: { to: text('<email>', 'or me, or nobody'), ...many }, load: async () => (await import('./change-issues.ts')).assignIssues,
  }),
  'issues delete': command({ works: 'api', usage: '<issue …>', says: 'gone with its events', options: many, load: async () => (await import('./change-issues.ts')).deleteIssues }),
  'issues comment': command({ works: 'api', usage: '<issue …>', says: 'a note for everybody', options: { text: text('<text>', 'Markdown; else from stdin'), ...api }, load: async () => (await import('./change-issues.ts')).commentIssues }),
  'events show': command({ works: 'api', usage: '<event>', says: 'one event by its id, in whatever project', options: { project: projectsOf, ...api }, load: async () => (await import('./events.ts')).showEvent }),
  'projects list': command({ works: 'api', usage: '', says: 'the projects', options: api, load: async () => (await import('./projects.ts')).listProjects }),
  'projects show': command({ works: 'api', usage: '<project>', says: 'one project with its DSNs', options: api, load: async () => (await import('./projects.ts')).showProject }),
  'projects create': command({
    works: 'api', usage: '<slug>', says: 'a project and its DSN', options: { name: text('<name>', 'default: the slug'), platform: text('<platform>', 'javascript, python …'), ...api },
    load: async () => (await import('./projects.ts')).createProject,
  }),
  'projects delete': command({ works: 'api', usage: '<project>', says: 'gone with its events', options: { yes: toggle('do not ask'), ...api }, load: async () => (await import('./projects.ts')).deleteProject }),
  'keys list': command({ works: 'api', usage: '<project>', says: 'its keys and DSNs', options: api, load: async () => (await import('./keys.ts')).listKeys }),
  'keys create': command({ works: 'api', usage: '<project>', says: 'one more key', options: { name: text('<name>', 'what it is for'), ...api }, load: async () => (await import('./keys.ts')).createKey }),
  'keys disable': command({ works: 'api', usage: '<project> <key>', says: 'what is sent with it is refused', options: api, load: async () => (await import('./keys.ts')).disableKey }),
  'keys enable': command({ works: 'api', usage: '<project> <key>', says: 'it is accepted again', options: api, load: async () => (await import('./keys.ts')).enableKey }),
  'users list': command({ works: 'api', usage: '', says: 'the members, and who is invited', options: api, load: async () => (await import('./users.ts')).listUsers }),
  'users invite': command({
    works: 'api', usage: '<email>', says: 'prints the link to hand on', options: { role: text('<role>', `${roles.join(', ')}; default: member`), ...api },
    load: async () => (await import('./users.ts')).inviteUser,
  }),
  'users role': command({ works: 'api', usage: '<email> <role>', says: 'another role', options: api, load: async () => (await import('./users.ts')).changeRole }),
  'users remove': command({ works: 'api', usage: '<email>', says: 'a member, or an invitation', options: { yes: toggle('do not ask'), ...api }, load: async () => (await import('./users.ts')).removeUser }),
  send: command({
    works: 'none', usage: '--dsn <dsn> [kind …]', says: 'send realistic errors through the Sentry SDK',
    options: { dsn: text('<dsn>', 'of a project'), all: toggle('one of every kind'), list: toggle('the kinds') }, load: async () => (await import('./send.ts')).runSend,
  }),
  completion: command({ works: 'none', usage: 'bash|zsh|fish', says: 'a script that completes commands, options and projects', options: {}, load: async () => (await import('./completion.ts')).printCompletion }),
}
