// The report dialog as it runs in somebody else's page; dialog.ts hands it out as it stands. Everything a page or a link can say is in
// the script's address and is only ever set as text. It works under a strict Content-Security-Policy: no inline style, no inline
// handler, no HTML. A shadow root keeps the page's styles out, a modal <dialog> keeps focus in, closes on Esc and gives focus back.
;(() => {
  const script = document.currentScript
  const marker = 'data-refold-report'
  if (!(script instanceof HTMLScriptElement) || document.querySelector(`[${marker}]`)) return
  const address = new URL(script.src)
  const options = address.searchParams

  /** @param {string} name @param {string} standard */
  const text = (name, standard) => options.get(name) || standard
  /** @param {string} tag @param {Record<string, string>} attributes @param {(Node | string)[]} content */
  const make = (tag, attributes, ...content) => {
    const element = document.createElement(tag)
    for (const name in attributes) element.setAttribute(name, attributes[name])
    element.append(...content)
    return element
  }

  const styles = new CSSStyleSheet()
  styles.replaceSync(`
    :host { all: initial; }
    dialog {
      --paper: #fff; --ink: #1f2328; --quiet: #57606a; --line: #767c85; --wrong: #b42318;
      box-sizing: border-box; width: min(32em, 100vw - 32px); max-height: calc(100dvh - 32px); overflow: auto; padding: 24px;
      border: 1px solid var(--line); border-radius: 8px; background: var(--paper); color: var(--ink); color-scheme: light dark;
      font: max(16px, 1rem)/1.5 system-ui, sans-serif; text-align: start;
    }
    dialog::backdrop { background: rgb(0 0 0 / 50%); }
    h2 { margin: 0 0 8px; font-size: 1.25em; line-height: 1.3; }
    h2:focus { outline: none; }
    p { margin: 0 0 8px; }
    .quiet { color: var(--quiet); }
    label { display: block; margin: 16px 0 4px; font-weight: 600; }
    input, textarea, button { box-sizing: border-box; border: 1px solid var(--line); border-radius: 6px; font: inherit; }
    input, textarea { width: 100%; padding: 8px; background: transparent; color: inherit; }
    textarea { min-height: 6em; resize: vertical; }
    [aria-invalid=true] { border-color: var(--wrong); box-shadow: inset 0 0 0 1px var(--wrong); }
    .wrong { margin: 16px 0 0; color: var(--wrong); }
    .wrong:empty { display: none; }
    .buttons { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 20px; }
    button { min-height: 44px; padding: 8px 16px; background: transparent; color: inherit; cursor: pointer; }
    button[type=submit] { border-color: var(--ink); background: var(--ink); color: var(--paper); }
    button[aria-disabled=true] { opacity: .6; cursor: default; }
    :focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
    @media (prefers-color-scheme: dark) {
      dialog { --paper: #1b1d21; --ink: #f0f1f3; --quiet: #b4bac2; --line: #7d858f; --wrong: #ffb4a9; }
    }
  `)

  const name = make('input', { id: 'name', name: 'name', autocomplete: 'name', maxlength: '128' })
  const email = make('input', { id: 'email', name: 'email', type: 'email', autocomplete: 'email', maxlength: '75' })
  const comments = make('textarea', { id: 'comments', name: 'comments', required: '', maxlength: '100000' })
  const fields = [name, email, comments]
  name.value = options.get('name') || ''
  email.value = options.get('email') || ''
  const wrong = make('p', { class: 'wrong', role: 'alert', id: 'wrong' })
  const submit = make('button', { type: 'submit' }, text('labelSubmit', 'Send report'))
  const close = make('button', { type: 'button' }, text('labelClose', 'Close'))
  const title = make('h2', { id: 'title', tabindex: '-1' }, text('title', 'Something went wrong here.'))
  const form = make(
    'form',
    { novalidate: '' },
    make('p', {}, text('subtitle', 'The people who run this site have been told about it.')),
    make('p', { class: 'quiet' }, text('subtitle2', 'If you like, write what happened: it helps to put it right.')),
    make('label', { for: 'name' }, text('labelName', 'Name (optional)')),
    name,
    make('label', { for: 'email' }, text('labelEmail', 'Email (optional)')),
    email,
    make('label', { for: 'comments' }, text('labelComments', 'What happened?')),
    comments,
    wrong,
    make('div', { class: 'buttons' }, submit, close),
  )
  const dialog = make('dialog', { 'aria-labelledby': 'title', dir: 'auto', lang: options.has('title') ? text('lang', '') : 'en' }, title, form)
  const host = make('div', { [marker]: '' })
  const root = host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [styles]
  root.append(dialog)

  /** Says what is wrong and leads to the first field that is. @param {string} message @param {HTMLElement[]} faulty */
  const complain = (message, faulty) => {
    wrong.textContent = message
    for (const field of fields) {
      const isFaulty = faulty.includes(field)
      field.setAttribute('aria-invalid', String(isFaulty))
      if (isFaulty) field.setAttribute('aria-describedby', 'wrong')
      else field.removeAttribute('aria-describedby')
    }
    faulty[0]?.focus()
  }

  const formWrong = text('errorFormEntry', 'Some fields are not right yet. Please correct them and try again.')
  const failed = text('errorGeneric', 'Your report could not be sent. Please try again.')
  let isSending = false

  const send = async () => {
    const target = new URL(address.pathname, address)
    for (const option of ['dsn', 'eventId']) target.searchParams.set(option, options.get(option) || '')
    const body = new URLSearchParams(fields.map((field) => [field.name, field.value]))
    const answer = await fetch(target, { method: 'POST', body, credentials: 'omit' })
    if (answer.ok) return thank()
    const { errors } = answer.status === 400 ? await answer.json() : {}
    const faulty = fields.filter((field) => errors && Object.hasOwn(errors, field.name))
    complain(faulty.length > 0 ? formWrong : failed, faulty)
  }

  const thank = () => {
    form.replaceWith(make('p', { role: 'status' }, text('successMessage', 'Thank you. Your report has been sent.')), make('div', { class: 'buttons' }, close))
    close.focus()
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (isSending) return
    const faulty = fields.filter((field) => !field.checkValidity() || (field.required && field.value.trim() === ''))
    complain(faulty.length > 0 ? formWrong : '', faulty)
    if (faulty.length > 0) return
    isSending = true
    submit.setAttribute('aria-disabled', 'true')
    await send().catch(() => complain(failed, []))
    isSending = false
    submit.removeAttribute('aria-disabled')
  })
  // What a user types is nobody else's: shortcuts of the page do not see it.
  for (const type of ['keydown', 'keypress', 'keyup']) dialog.addEventListener(type, (event) => event.stopPropagation())
  close.addEventListener('click', () => dialog.close())
  dialog.addEventListener('close', () => {
    host.remove()
    // The message SDKs wait for (`onClose`).
    window.postMessage('__sentry_reportdialog_closed__', '*')
  })
  document.documentElement.append(host)
  dialog.showModal()
  title.focus()
})()
