// The description as a page: plain HTML without script, in the app's own stylesheet (ui/docs.css), by subject with an anchor each.

import type { ApiDocument, DescribedOperation } from '../../core/contract/openapi/document.ts'
import { after, type Parameter } from '../../core/contract/openapi/paths.ts'
import type { JsonSchema } from '../../core/contract/openapi/schemas.ts'
import { html, type Html } from './html.ts'
import { exampleOf, formatShape, type Components } from './shape.ts'

type Placed = DescribedOperation & { method: string; path: string }
/** Every path below an issue has two names; the page shows the shorter one. */
const otherName = '/api/0/organizations/{org}/issues/{issue}/'

/** `organization`: its slug, for examples. */
export function renderPage({ info, servers, tags, paths, components }: ApiDocument, organization: string): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]): Placed => ({ ...operation, method: method.toUpperCase(), path })))
  const shown = operations.filter(({ path }) => !path.startsWith(otherName))
  const subjects = tags.map(({ name }) => ({ name, id: name.toLowerCase().replaceAll(/\W+/g, '-'), operations: shown.filter((operation) => operation.tags[0] === name) }))
  const context = { url: servers[0]!.url, organization, schemas: components.schemas }
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API of Refold</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%23c72f24' d='M5 1h6v14H5z'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/docs.css">
</head>
<body>
<header><a href="/"><b>Refold</b></a><span>API</span><a href="/api/0/openapi.json">openapi.json</a></header>
<nav aria-label="Subjects">${subjects.map(({ name, id, operations }) => html`<a href="#${id}"><b>${name}</b></a><ul>${operations.map((one) => html`<li><a href="#${one.operationId}">${one.summary}</a></li>`)}</ul>`)}<a href="#shapes"><b>Shapes</b></a></nav>
<main>
<h1>API</h1>
${info.description.split('\n').map((line) => html`<p>${inCode(line)}</p>`)}
${subjects.map(({ name, id, operations }) => html`<section><h2 id="${id}">${name}</h2>${operations.map((one) => renderOperation(one, context))}</section>`)}
<section><h2 id="shapes">Shapes</h2>
${Object.entries(components.schemas).map(([name, schema]) => html`<h3 id="${name}">${name}</h3><pre>${formatShape(schema)}</pre>`)}
</section>
</main>
</body>
</html>
`
  return page.html
}

type Context = { url: string; organization: string; schemas: Components }

function renderOperation(operation: Placed, context: Context): Html {
  const { method, path, summary, description, parameters, requestBody, responses } = operation
  const asked = parameters.filter((parameter) => parameter.in === 'query' && parameter !== after) // the page says once what that is
  const [status, answer] = Object.entries(responses)[0]!
  const body = requestBody?.content['application/json']?.schema
  const [type, { schema: shape }] = Object.entries(answer.content ?? {}).at(-1) ?? ['', { schema: null }]
  return html`<article id="${operation.operationId}">
<h3><a href="#${operation.operationId}">${summary}</a></h3>
<p class="route"><b>${method}</b> ${path}</p>
${description?.split('\n\n').map((paragraph) => html`<p>${inCode(paragraph)}</p>`)}
<p class="meta">${describeAccess(operation)}${operation['x-refold-extension'] ? html` · <span class="own">Refold’s own</span>` : null}</p>
${asked.length === 0 ? null : html`<table><tbody>${asked.map(renderParameter)}</tbody></table>`}
<pre class="curl">${formatCurl(operation, body, context)}</pre>
${body ? renderShape('Body', formatShape(body)) : null}
${renderShape(`Answers ${status}`, shape === null ? null : type === 'application/json' ? formatShape(shape) : html`${type}`)}
</article>`
}

/** What fits on a line stays on it. */
function renderShape(label: string, shape: Html | null): Html {
  const isLong = shape?.html.includes('\n')
  return html`<p class="meta">${label}${shape && !isLong ? html` <code>${shape}</code>` : null}</p>${isLong ? html`<pre>${shape}</pre>` : null}`
}

function renderParameter({ name, required, description, schema }: Parameter): Html {
  return html`<tr><th scope="row">${name}</th><td>${formatShape(schema)}</td><td>${required ? 'Required. ' : null}${description === undefined ? null : inCode(description)}</td></tr>`
}

function describeAccess({ security, 'x-refold-scopes': scopes }: Placed): string {
  if (security.length === 0) return 'Open to everybody'
  const forTokens = security.some((way) => 'token' in way)
  if (!forTokens) return `Signed in, in the app only${scopes ? ` · ${scopes.join(' or ')}` : ''}`
  return scopes ? `Scope ${scopes.join(' or ')}` : 'Any token'
}

function formatCurl({ method, path, security, parameters }: Placed, body: JsonSchema | undefined, { url, organization, schemas }: Context): string {
  const needed = parameters.filter((parameter) => parameter.in === 'query' && parameter.required).map(({ name }) => `${name}=…`)
  const address = url + path.replace('{org}', organization) + (needed.length > 0 ? `?${needed.join('&')}` : '')
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}'${address}'`,
    ...(security.length > 0 ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(body ? [`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(exampleOf(body, schemas))}'`] : []),
  ]
  return lines.join(' \\\n  ')
}

/** `…` in a sentence is code. */
function inCode(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
}
