// Sample data for screenshots: a day of errors of three applications. Only shapes that SDKs really send.

import type { SentryEvent } from './send.ts'

type Shape = 'steady' | 'burst' | 'rising' | 'rare' | 'fading'
type Sample = { platform: string; sdk: string; type: string; value: string; file: string; at: string; line: number; count: number; shape: Shape; level?: string; unhandled?: boolean; release: string; users?: number; transaction?: string }

const node = { platform: 'node', sdk: 'sentry.javascript.node/11.12.0', release: 'shop@2.4.1' }
const browser = { platform: 'javascript', sdk: 'sentry.javascript.react/11.12.0', release: 'web@5.18.0' }
const python = { platform: 'python', sdk: 'sentry.python.django/2.68.0', release: 'billing@1.9.0' }
const java = { platform: 'java', sdk: 'sentry.java.spring-boot/8.30.0', release: 'orders@4.0.0' }
const other = (platform: string, sdk: string, release: string) => ({ platform, sdk, release })
const go = other('go', 'sentry.go/0.40.0', 'gateway@0.31.2')
const ruby = other('ruby', 'sentry.ruby.rails/6.2.0', 'backoffice@77')
const php = other('php', 'sentry.php.laravel/4.19.0', 'cms@3.2.0')
const dotnet = other('csharp', 'sentry.dotnet.aspnetcore/6.1.0', 'warehouse@12.0.4')
const swift = other('cocoa', 'sentry.cocoa/9.2.0', 'ios@8.1.0')

export const samples: readonly Sample[] = [
  { ...node, type: 'CheckoutError', value: 'Order of cart c-1042 could not be placed', file: 'src/orders/place.ts', at: 'placeOrder', line: 42, count: 412, shape: 'rising', unhandled: true, users: 180, transaction: 'POST /checkout' },
  { ...browser, type: 'TypeError', value: "Cannot read properties of undefined (reading 'percent')", file: 'src/cart/price.ts', at: 'priceCart', line: 118, count: 961, shape: 'steady', unhandled: true, users: 512, transaction: '/cart' },
  { ...python, type: 'InvoiceNotFound', value: 'no invoice INV-1042', file: 'billing/views.py', at: 'show', line: 7, count: 88, shape: 'steady', users: 31, transaction: '/invoices/{id}' },
  { ...java, type: 'SQLTimeoutException', value: 'statement timed out after 30000 ms', file: 'OrderDao.java', at: 'com.acme.orders.OrderDao.find', line: 88, count: 240, shape: 'burst', level: 'fatal', unhandled: true },
  { ...go, type: '*net.OpError', value: 'dial tcp 10.0.4.17:5432: connect: connection refused', file: 'internal/store/pool.go', at: '(*Pool).Acquire', line: 203, count: 530, shape: 'burst' },
  { ...ruby, type: 'ActiveRecord::RecordNotUnique', value: 'PG::UniqueViolation: duplicate key value violates unique constraint "index_users_on_email"', file: 'app/models/user.rb', at: 'create', line: 31, count: 14, shape: 'rare', users: 12 },
  { ...php, type: 'Symfony\\Component\\HttpKernel\\Exception\\NotFoundHttpException', value: 'The route old/pricing could not be found.', file: 'routes/web.php', at: 'resolve', line: 64, count: 77, shape: 'fading', level: 'warning' },
  { ...dotnet, type: 'System.InvalidOperationException', value: 'Sequence contains no elements', file: 'Picking\\RouteService.cs', at: 'Warehouse.Picking.RouteService.Next', line: 55, count: 61, shape: 'steady', unhandled: true },
  { ...swift, type: 'EXC_BAD_ACCESS', value: 'Attempted to dereference null pointer', file: 'CartViewController.swift', at: 'CartViewController.reload()', line: 210, count: 9, shape: 'rare', level: 'fatal', unhandled: true, users: 9 },
  { ...browser, type: 'ChunkLoadError', value: 'Loading chunk 4821 failed. (timeout: https://cdn.example.com/assets/4821.js)', file: 'src/router.tsx', at: 'lazyRoute', line: 12, count: 133, shape: 'burst', users: 102, transaction: '/product/:sku' },
  { ...node, type: 'PaymentError', value: 'Bank did not answer within 30 s', file: 'src/payment/bank.ts', at: 'callBank', line: 77, count: 47, shape: 'burst', users: 40, transaction: 'POST /checkout' },
  { ...python, type: 'IntegrityError', value: 'null value in column "customer_id" violates not-null constraint', file: 'billing/models.py', at: 'save', line: 140, count: 23, shape: 'steady', transaction: '/invoices/new' },
  { ...browser, type: 'RangeError', value: 'Invalid time value', file: 'src/format/date.ts', at: 'formatDate', line: 9, count: 218, shape: 'steady', users: 90, transaction: '/orders' },
  { ...java, type: 'IllegalStateException', value: 'order lookup failed', file: 'OrderService.java', at: 'com.acme.orders.OrderService.lookup', line: 51, count: 36, shape: 'fading' },
  { ...node, type: 'Error', value: 'Receipt of order 20417 could not be mailed: greeting never received', file: 'src/mail/receipt.ts', at: 'mailReceipt', line: 28, count: 19, shape: 'rare', unhandled: true },
  { ...go, type: '*json.SyntaxError', value: "invalid character '<' looking for beginning of value", file: 'internal/rates/client.go', at: 'decodeRates', line: 91, count: 52, shape: 'fading' },
  { ...browser, type: 'NetworkError', value: 'Failed to fetch', file: 'src/api/client.ts', at: 'request', line: 33, count: 1480, shape: 'steady', level: 'warning', users: 700 },
  { ...ruby, type: 'Net::ReadTimeout', value: 'Net::ReadTimeout with #<TCPSocket:(closed)>', file: 'lib/carriers/dhl.rb', at: 'quote', line: 48, count: 66, shape: 'burst' },
  { ...php, type: 'ErrorException', value: 'Undefined array key "locale"', file: 'app/Http/Middleware/SetLocale.php', at: 'handle', line: 22, count: 305, shape: 'steady', level: 'warning' },
  { ...dotnet, type: 'Npgsql.NpgsqlException', value: 'Exception while reading from stream', file: 'Data\\StockRepository.cs', at: 'Warehouse.Data.StockRepository.Load', line: 19, count: 28, shape: 'burst' },
  { ...python, type: 'MemoryError', value: '', file: 'billing/export.py', at: 'render_pdf', line: 301, count: 3, shape: 'rare', level: 'fatal', unhandled: true },
  { ...browser, type: 'SecurityError', value: "Failed to read the 'localStorage' property from 'Window': Access is denied for this document.", file: 'src/session.ts', at: 'readStored', line: 15, count: 41, shape: 'steady', users: 38 },
  { ...node, type: 'AggregateError', value: 'All promises were rejected', file: 'src/shipping/quote.ts', at: 'quoteShipping', line: 64, count: 12, shape: 'rare' },
  { ...swift, type: 'NSInternalInconsistencyException', value: 'Invalid batch updates detected: the number of sections is not valid', file: 'OrderListController.swift', at: 'OrderListController.apply(_:)', line: 96, count: 21, shape: 'steady', unhandled: true, users: 20 },
  { ...go, type: 'context.DeadlineExceeded', value: 'context deadline exceeded', file: 'internal/proxy/forward.go', at: 'Forward', line: 58, count: 190, shape: 'rising', level: 'warning' },
  { ...java, type: 'NullPointerException', value: 'Cannot invoke "com.acme.Customer.vatId()" because "customer" is null', file: 'TaxRules.java', at: 'com.acme.tax.TaxRules.apply', line: 133, count: 58, shape: 'steady', unhandled: true },
  { ...browser, type: 'HydrationError', value: 'Text content does not match server-rendered HTML.', file: 'src/pages/product.tsx', at: 'ProductPage', line: 80, count: 330, shape: 'fading', level: 'warning', users: 260 },
  { ...python, type: 'PermissionDenied', value: 'user 77 may not export invoices of tenant 12', file: 'billing/permissions.py', at: 'require', line: 18, count: 8, shape: 'rare', level: 'info' },
  { ...node, type: 'TypeError', value: 'fetch failed', file: 'src/stock/client.ts', at: 'readStock', line: 51, count: 71, shape: 'burst' },
  { ...ruby, type: 'NoMethodError', value: "undefined method 'strftime' for nil", file: 'app/views/orders/_row.html.erb', at: 'render', line: 6, count: 44, shape: 'steady', unhandled: true },
  { ...php, type: 'PDOException', value: 'SQLSTATE[HY000] [2002] Connection refused', file: 'app/Repositories/PageRepository.php', at: 'find', line: 37, count: 97, shape: 'burst', level: 'fatal' },
  { ...dotnet, type: 'System.Threading.Tasks.TaskCanceledException', value: 'The request was canceled due to the configured HttpClient.Timeout of 10 seconds elapsing.', file: 'Carriers\\UpsClient.cs', at: 'Warehouse.Carriers.UpsClient.Rate', line: 88, count: 33, shape: 'fading' },
]

/** Log messages: no exception, no stack. */
export const messages: readonly { text: string; level: string; count: number; shape: Shape }[] = [
  { text: 'Order queue is not being read', level: 'fatal', count: 6, shape: 'rare' },
  { text: 'Nightly invoice run skipped 3 customers', level: 'error', count: 1, shape: 'rare' },
  { text: 'Bank answered slowly: 4.8 s', level: 'warning', count: 120, shape: 'steady' },
  { text: 'Price list imported', level: 'info', count: 24, shape: 'steady' },
  { text: 'Cart recalculated', level: 'debug', count: 310, shape: 'steady' },
]

const shapes: Record<Shape, (hour: number) => number> = {
  steady: (hour) => 2 + Math.sin(hour / 3.2),
  burst: (hour) => (hour > 14 && hour < 18 ? 9 : 0.25),
  rising: (hour) => 0.2 + (hour / 23) ** 3 * 9,
  rare: (hour) => (hour % 7 === 3 ? 1 : 0.02),
  fading: (hour) => 4 - hour / 7,
}

/** The events of a sample, spread over the 24 h before `now` as its shape says. `random` answers 0 to 1. */
export function eventsOf(sample: Sample, now: number, random: () => number): SentryEvent[] {
  const [name, version] = sample.sdk.split('/')
  return timesOf(sample.shape, sample.count, now, random).map((time, index) => ({
    timestamp: time / 1000, platform: sample.platform, level: sample.level ?? 'error', release: sample.release,
    environment: random() < 0.85 ? 'production' : 'staging', server_name: `web-${1 + Math.floor(random() * 4)}`,
    sdk: { name, version }, ...(sample.transaction && { transaction: sample.transaction }),
    user: { id: String(1 + (index % (sample.users ?? 5))) },
    tags: { region: random() < 0.6 ? 'eu-west-1' : 'us-east-1', browser: ['Chrome 153', 'Firefox 151', 'Safari 26'][Math.floor(random() ** 2 * 3)] },
    exception: { values: [{ type: sample.type, value: sample.value, mechanism: { type: 'generic', handled: !sample.unhandled }, stacktrace: { frames: [
      { filename: 'framework/dispatch', function: 'dispatch', lineno: 210, in_app: false },
      { filename: sample.file, function: sample.at, lineno: sample.line, in_app: true, context_line: `    throw ${sample.type}` },
    ] } }] },
  }))
}

export const messageEvents = (message: (typeof messages)[number], now: number, random: () => number): SentryEvent[] =>
  timesOf(message.shape, message.count, now, random).map((time) => ({ timestamp: time / 1000, platform: 'node', level: message.level, message: message.text, release: 'shop@2.4.1', environment: 'production', logger: 'shop' }))

function timesOf(shape: Shape, count: number, now: number, random: () => number): number[] {
  const weights = Array.from({ length: 24 }, (_, hour) => Math.max(0, shapes[shape](hour)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return Array.from({ length: count }, () => {
    let rest = random() * total
    const hour = Math.max(0, weights.findIndex((weight) => (rest -= weight) <= 0))
    return now - (23 - hour + random()) * 3_600_000
  })
}

/** The same numbers on every run. */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}
