import { Body } from '@react-email/body'
import { Button } from '@react-email/button'
import { Container } from '@react-email/container'
import { Head } from '@react-email/head'
import { Heading } from '@react-email/heading'
import { Html } from '@react-email/html'
import { Img } from '@react-email/img'
import { Preview } from '@react-email/preview'
import { Text } from '@react-email/text'
import { createElement as el, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
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

/** One mail as HTML that old mail programs understand (the components of react-email) and as its text twin. */
export function renderMail(parts: MailParts, look: FirmLook): RenderedMail {
  return { html: htmlOf(parts, look), text: textOf(parts, look) }
}

function htmlOf(parts: MailParts, look: FirmLook): string {
  const { preview, heading, paragraphs, facts, button, closing } = parts
  const page = el(
    Html,
    { lang: 'en' },
    el(Head, null, el('title', null, heading)),
    el(Preview, null, preview),
    el(
      Body,
      { style: { margin: 0, padding: '32px 16px', background: '#f4f6f8' } },
      el(
        Container,
        { style: { maxWidth: '560px', padding: '32px', background: '#ffffff', borderRadius: '8px' } },
        logoOf(look),
        el(Heading, { as: 'h1', style: { ...font, margin: '0 0 16px', fontSize: '20px', color: ink } }, heading),
        ...paragraphs.map((text, key) => el(Text, { key, style: bodyText }, text)),
        facts.length === 0 ? null : factTable(facts),
        button === undefined ? null : el(Button, { href: button.url, style: buttonLook }, button.label),
        closing === undefined ? null : el(Text, { style: { ...font, fontSize: '13px', color: quiet } }, closing),
      ),
    ),
  )
  return `<!doctype html>${renderToStaticMarkup(page)}`
}

const ink = '#1c2733'
const quiet = '#5b6a78'
const font = { fontFamily: "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif" }
const bodyText = { ...font, margin: '0 0 16px', fontSize: '15px', lineHeight: '1.5', color: '#33414f' }
const buttonLook = {
  ...font,
  margin: '0 0 24px',
  padding: '12px 20px',
  borderRadius: '6px',
  background: '#12594a',
  color: '#ffffff',
  fontSize: '15px',
  fontWeight: 600,
}

function logoOf({ logoUrl, firmName }: FirmLook): ReactElement {
  return logoUrl?.startsWith('https://') === true
    ? el(Img, { src: logoUrl, alt: firmName, height: 40, style: { margin: '0 0 24px' } })
    : el(Text, { style: { ...font, margin: '0 0 24px', fontSize: '15px', fontWeight: 600, color: ink } }, firmName)
}

/** Facts as a table of two columns; for a screen reader it is layout, read row by row. */
function factTable(facts: MailParts['facts']): ReactElement {
  const cell = { ...font, padding: '8px 0', borderBottom: '1px solid #dde3e9', fontSize: '14px' }
  const rows = facts.map(([label, value]) =>
    el(
      'tr',
      { key: label },
      el('td', { style: { ...cell, color: quiet } }, label),
      el('td', { align: 'right', style: { ...cell, color: ink } }, value),
    ),
  )
  const look = { margin: '8px 0 24px', borderTop: '1px solid #dde3e9' }
  return el(
    'table',
    { role: 'presentation', cellPadding: 0, cellSpacing: 0, width: '100%', style: look },
    el('tbody', null, rows),
  )
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
