import type { FirmLook, RenderedMail } from './mail-templates.ts'

/** A mail as content; this file alone knows how it looks. */
export interface MailParts {
  /** What mail programs show beside the subject. */
  readonly preview: string
  readonly heading: string
  readonly paragraphs: readonly string[]
  readonly facts: readonly (readonly [string, string])[]
  readonly button?: { readonly label: string; readonly url: string }
  readonly closing?: string
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => escapes[letter] ?? letter)
}

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

/** One mail as HTML that old mail programs understand (tables, inline styles) and as its text twin. */
export function renderMail(parts: MailParts, look: FirmLook): RenderedMail {
  return { html: htmlOf(parts, look), text: textOf(parts, look) }
}

function htmlOf(parts: MailParts, look: FirmLook): string {
  const { preview, heading, paragraphs, facts, button, closing } = parts
  const logo =
    look.logoUrl === undefined || !look.logoUrl.startsWith('https://')
      ? `<p style="margin:0 0 24px;${font};font-size:15px;font-weight:600;color:#1c2733">${escapeHtml(look.firmName)}</p>`
      : `<img src="${escapeHtml(look.logoUrl)}" alt="${escapeHtml(look.firmName)}" height="40" style="display:block;margin:0 0 24px">`
  const body = paragraphs.map(
    (text) => `<p style="margin:0 0 16px;${font};font-size:15px;line-height:1.5;color:#33414f">${escapeHtml(text)}</p>`,
  )
  const table =
    facts.length === 0
      ? ''
      : `<table role="presentation" cellpadding="0" cellspacing="0" width="100%" style="margin:8px 0 24px;border-top:1px solid #dde3e9">${facts.map(factRow).join('')}</table>`
  const action =
    button === undefined
      ? ''
      : `<p style="margin:0 0 24px"><a href="${escapeHtml(button.url)}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#12594a;color:#ffffff;text-decoration:none;${font};font-size:15px;font-weight:600">${escapeHtml(button.label)}</a></p>`
  const end =
    closing === undefined ? '' : `<p style="margin:0;${font};font-size:13px;color:#5b6a78">${escapeHtml(closing)}</p>`
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(heading)}</title></head><body style="margin:0;background:#f4f6f8">`,
    `<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preview)}</div>`,
    '<table role="presentation" cellpadding="0" cellspacing="0" width="100%"><tr><td align="center" style="padding:32px 16px">',
    '<table role="presentation" cellpadding="0" cellspacing="0" width="100%" style="max-width:560px;background:#ffffff;border-radius:8px"><tr><td style="padding:32px">',
    logo,
    `<h1 style="margin:0 0 16px;${font};font-size:20px;color:#1c2733">${escapeHtml(heading)}</h1>`,
    ...body,
    table,
    action,
    end,
    '</td></tr></table></td></tr></table></body></html>',
  ].join('')
}

function factRow([label, value]: readonly [string, string]): string {
  const cell = `padding:8px 0;border-bottom:1px solid #dde3e9;${font};font-size:14px`
  return `<tr><td style="${cell};color:#5b6a78">${escapeHtml(label)}</td><td align="right" style="${cell};color:#1c2733">${escapeHtml(value)}</td></tr>`
}

function textOf({ heading, paragraphs, facts, button, closing }: MailParts, look: FirmLook): string {
  return [
    heading,
    ...paragraphs,
    facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    button === undefined ? '' : `${button.label}:\n${button.url}`,
    closing ?? '',
    look.firmName,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}
