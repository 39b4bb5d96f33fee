// The script of a page that asks its users what happened; dialog.test.ts bundles it. DSN and options come by the address.

import * as Sentry from '@sentry/browser'

const { searchParams } = new URL(location.href)
Sentry.init({ dsn: searchParams.get('dsn')! })

/** Shown in the title, where a test can read it. */
const note = (text: string) => () => void (document.title += ` ${text}`)

function buy(): void {
  const eventId = Sentry.captureException(new TypeError('the basket is empty'))
  const options = JSON.parse(searchParams.get('options') ?? '{}') as Sentry.ReportDialogOptions
  Sentry.showReportDialog({ eventId, ...options, onLoad: note('loaded'), onClose: note('closed'), onError: note('failed') })
}

document.querySelector('button')!.addEventListener('click', buy)
document.addEventListener('keydown', note('key'))
