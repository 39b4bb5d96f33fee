// Which rules reach which part of an event (protocol 6.4), under every name and in every form that core/event reads (protocol 4).

import { scrubMeta } from './meta.ts'
import { everything, known, message, onlyAsked, onlyPatterns } from './reach.ts'
import { scrubBody, scrubHeaders, scrubQuery, scrubUrl } from './request.ts'
import { addressField, each, field, fields, list, untouched, values, versionField, type Shape } from './structure.ts'
import { scrubCookies } from './value.ts'

const frame = fields(
  {
    ...each('filename abs_path function raw_function module package platform lineno colno pre_context context_line post_context', untouched),
    ...each('in_app source_link stack_start instruction_addr symbol_addr image_addr addr_mode symbol trust', untouched),
    vars: field(everything),
  },
  everything,
)

const frames = list(frame)

/** `{frames: […]}` or a bare list. */
const stacktrace = fields({ frames, ...each('registers lang snapshot instruction_addr_adjustment frames_omitted', untouched) }, everything)
const anyStack: Shape = { isField: false, scrub: (value, run, levels) => (Array.isArray(value) ? frames : stacktrace).scrub(value, run, levels) }

const mechanism = fields(
  { ...each('type source handled synthetic exception_id parent_id is_exception_group', untouched), ...each('help_link meta', field(onlyAsked)) },
  everything,
)

const exception = fields(
  {
    ...each('type value module', { isField: false, scrub: field(onlyPatterns).scrub }),
    thread_id: untouched,
    ...each('stacktrace raw_stacktrace', anyStack),
    mechanism,
  },
  everything,
)

const thread = fields(
  { ...each('id crashed current main', untouched), ...each('name state held_locks', field(onlyAsked)), ...each('stacktrace raw_stacktrace', anyStack) },
  everything,
)

const breadcrumb = fields({ ...each('timestamp level event_id', untouched), ...each('type ty category', field(onlyAsked)) }, everything)

const text = { isField: false, scrub: field(message).scrub }
/** Text, or template with parameters. */
const logentry = fields({ ...each('message formatted', text), params: field(everything) }, message)

const request = fields(
  {
    ...each('method inferred_content_type api_target protocol body_size', untouched),
    url: field(scrubUrl(onlyAsked)),
    ...each('query_string fragment', field(scrubQuery)),
    data: field(scrubBody),
    cookies: field(scrubCookies),
    headers: field(scrubHeaders),
    env: fields({ REMOTE_ADDR: addressField(everything), HTTP_USER_AGENT: untouched }, everything),
  },
  everything,
)

const contexts = fields(
  {
    ...each('device os client_os runtime app browser gpu culture cloud_resource memory_info threadpool_info flags monitor otel', field(known)),
    ...each('profile replay unity ota_updates spring performance_score', field(known)),
    trace: fields({ ...each('trace_id span_id parent_span_id op status origin sampled type', untouched), data: field(everything) }, known),
    response: fields({ data: field(scrubBody), cookies: field(scrubCookies), headers: field(scrubHeaders), status_code: untouched }, known),
    feedback: fields({ message: text, ...each('name contact_email associated_event_id replay_id source', field(onlyAsked)), url: field(scrubUrl(onlyAsked)) }, everything),
  },
  everything,
)

const sdk = fields({ ...each('name version integrations packages features settings', untouched), client_ip: addressField(known) }, known)

const policyUrl = field(scrubUrl(everything))
const csp = fields(
  {
    ...each('blocked_uri document_uri source_file referrer blocked-uri document-uri source-file blockedURL documentURL sourceFile', policyUrl),
    ...each('effective_directive violated_directive original_policy effective-directive violated-directive original-policy', field(onlyAsked)),
    ...each('effectiveDirective violatedDirective originalPolicy disposition', field(onlyAsked)),
  },
  everything,
)

const span = fields(
  { ...each('span_id trace_id parent_span_id timestamp start_timestamp same_process_as_parent', untouched), ...each('op status description origin tags sentry_tags', field(onlyAsked)) },
  everything,
)

export const eventShape = fields(
  {
    ...each('event_id type level version timestamp start_timestamp received time_spent platform modules debug_meta measurements breakdowns', untouched),
    ...each('sentry.interfaces.Exception exception', values(exception, everything)),
    ...each('sentry.interfaces.Stacktrace stacktrace', anyStack),
    ...each('sentry.interfaces.Message logentry message', logentry),
    ...each('sentry.interfaces.Http request', request),
    ...each('sentry.interfaces.User user', fields({ ip_address: addressField(everything) }, everything)),
    ...each('sentry.interfaces.Breadcrumbs breadcrumbs', values(breadcrumb, everything)),
    ...each('sentry.interfaces.Contexts contexts', contexts),
    ...each('sentry.interfaces.Template template', frame),
    ...each('sentry.interfaces.Csp csp', csp),
    ...each('hpkp expectct expectstaple nel', field(known)),
    threads: values(thread, everything),
    spans: list(span),
    ...each('sdk client_sdk', sdk),
    ...each('extra server_name', field(everything)),
    ...each('tags culprit transaction transaction_info logger site environment fingerprint checksum', field(onlyAsked)),
    ...each('release dist', versionField),
    metadata: field(known),
    errors: list(fields({ type: untouched, name: field(onlyAsked), value: field(everything) }, everything)),
    _meta: { isField: false, scrub: scrubMeta },
  },
  everything,
)
