import { escapeHtml } from '../outbox/mail-layout.ts'

export interface EntryPage {
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly firmName: string
  /** A form that posts back to the same address; `to` is put behind it. */
  readonly form?: { readonly label: string; readonly nonce: string; readonly to: string }
}

const style = [
  'body{margin:0;font-family:system-ui,sans-serif;background:#f4f6f8;color:#1c2733}',
  'main{max-width:28rem;margin:12vh auto;padding:2rem;background:#fff;border-radius:.5rem}',
  'h1{font-size:1.25rem;margin:0 0 1rem}p{line-height:1.5;color:#33414f}',
  'button{font:inherit;font-weight:600;padding:.75rem 1.25rem;border:0;border-radius:.375rem;background:#12594a;color:#fff;cursor:pointer}',
  'small{color:#5b6a78}',
].join('')

/** Headers of everything behind a link: nothing is kept, nothing is told to the next site, no script runs. */
export function entryHeaders(): Headers {
  return new Headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  })
}

/** A page without script: a scanner that runs scripts finds nothing to run, and only a person presses the button. */
export function entryPage({ title, paragraphs, firmName, form }: EntryPage, status = 200): Response {
  const action =
    form === undefined
      ? ''
      : `<form method="post" action="${escapeHtml(form.to)}"><input type="hidden" name="nonce" value="${escapeHtml(form.nonce)}"><button>${escapeHtml(form.label)}</button></form>`
  const body = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(title)}</title><style>${style}</style></head><body><main><h1>${escapeHtml(title)}</h1>`,
    ...paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    action,
    `<p><small>${escapeHtml(firmName)}</small></p></main></body></html>`,
  ].join('')
  return new Response(body, { status, headers: entryHeaders() })
}
