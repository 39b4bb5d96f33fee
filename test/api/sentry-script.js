// A script as somebody writes it who knows Sentry's public API documentation and has never heard of Refold: it resolves the open issues of
// a project that were not seen for 30 days, comments on the newest of the others, and prints where that one was thrown.
// HOST (https://sentry.io), ORG, PROJECT and TOKEN come from the environment.

const { HOST, ORG, PROJECT, TOKEN } = process.env
const monthMs = 30 * 24 * 60 * 60 * 1000

async function call(method, url, body) {
  const response = await fetch(new URL(url, HOST), {
    method,
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`)
  return { data: await response.json(), link: response.headers.get('Link') ?? '' }
}

// https://docs.sentry.io/api/pagination/
async function listAll(url) {
  const all = []
  for (let next = url; next !== undefined; ) {
    const { data, link } = await call('GET', next)
    all.push(...data)
    next = link.split(', ').flatMap((part) => /<([^>]+)>; rel="next"; results="true"/.exec(part)?.[1] ?? [])[0]
  }
  return all
}

// https://docs.sentry.io/api/events/list-a-projects-issues/
const issues = await listAll(`/api/0/projects/${ORG}/${PROJECT}/issues/?query=is:unresolved`)
const isOld = (issue) => Date.now() - Date.parse(issue.lastSeen) > monthMs
const [old, recent] = [issues.filter(isOld), issues.filter((issue) => !isOld(issue))]

// https://docs.sentry.io/api/events/bulk-mutate-a-list-of-issues/
if (old.length > 0) await call('PUT', `/api/0/projects/${ORG}/${PROJECT}/issues/?${old.map(({ id }) => `id=${id}`).join('&')}`, { status: 'resolved', statusDetails: {} })

const [newest] = recent.sort((a, b) => Date.parse(b.lastSeen) - Date.parse(a.lastSeen))
const { data: comment } = await call('POST', `/api/0/issues/${newest.id}/comments/`, { text: 'Looking into it.' })
await call('POST', `/api/0/organizations/${ORG}/issues/${newest.id}/notes/`, { text: 'Found it.' })

// https://docs.sentry.io/api/events/retrieve-an-issue-event/
const { data: event } = await call('GET', `/api/0/organizations/${ORG}/issues/${newest.id}/events/latest/`)
const exception = event.entries.find(({ type }) => type === 'exception').data.values.at(-1)

console.log(JSON.stringify({
  listed: issues.length,
  resolved: old.map(({ id }) => id),
  newest: newest.title,
  comment: comment.data.text,
  eventID: event.eventID,
  thrown: `${exception.type}: ${exception.value}`,
  stack: exception.stacktrace.frames.map(({ filename, function: name, lineNo, inApp }) => `${filename}:${lineNo} ${name}${inApp ? '' : ' (library)'}`),
}))
