import { describe, expect, it } from 'vitest'
import { mailTemplates, renderTemplate } from './mail-templates.ts'

const look = { firmName: 'Ledger & Co', logoUrl: 'https://books.example/logo.png' }
const hostile = '<img src=x onerror=alert(1)>"\'&\u202E'
const params = {
  contactName: hostile,
  clientName: hostile,
  firmName: 'Ledger & Co',
  statement: 'ST-10',
  period: '2026-10-01 to 2026-10-31',
  itemCount: 2,
  total: '201.04 USD',
  expires: '2027-01-20',
  note: hostile,
  minutes: 15,
  count: 3,
  answered: 4,
  open: 5,
  exceptions: 1,
  question: hostile,
  source: hostile,
}

describe.each(Object.keys(mailTemplates))('the mail %s', (template) => {
  const link = 'https://books.example/recon/portal/enter/token?a=1&b=2'
  const mail = renderTemplate(template, params, link, look)

  it('is a whole document with a preview, a logo and a heading, and escapes whatever a person wrote', () => {
    expect(mail.html).toMatch(/^<!doctype html><html[^>]*lang="en"/)
    expect(mail.html).toContain('<title>')
    expect(mail.html).toContain('<h1')
    expect(mail.html).toMatch(
      /<img[^>]*alt="Ledger &amp; Co"[^>]*src="https:\/\/books.example\/logo.png"|src="https:\/\/books.example\/logo.png"/,
    )
    expect(mail.html).toMatch(/display:none[^>]*>/)
    expect(mail.html).not.toContain('<img src=x')
    expect(mail.html).not.toMatch(/<script|<style|javascript:/i)
  })

  it('has a text twin with the same words and the same link', () => {
    expect(mail.text).toContain('Ledger & Co')
    expect(mail.text).not.toContain('<h1')
    const linked = mail.html.includes('token?a=1&amp;b=2')
    expect(mail.text.includes(link)).toBe(linked)
  })
})

it('shows the name of a firm without a logo, or with one that is not https', () => {
  for (const logo of [{}, { logoUrl: 'javascript:alert(1)' }]) {
    const { html } = renderTemplate('reconciliation-reminder', params, '', { firmName: 'Ledger & Co', ...logo })
    expect(html).toContain('Ledger &amp; Co')
    expect(html).not.toContain('<img')
    expect(html).not.toContain('javascript')
  }
})
