import { ReconError } from '@recon/core'
import { type MailParts, renderMail } from './mail-layout.ts'

/** What every mail knows of its sender. */
export interface FirmLook {
  readonly firmName: string
  /** https address of an image; no image where absent. */
  readonly logoUrl?: string
}

export type MailParams = Readonly<Record<string, unknown>>

export interface RenderedMail {
  readonly html: string
  readonly text: string
}

const words = (params: MailParams, name: string): string => {
  const value = params[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

const rows = (params: MailParams, names: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(names).flatMap(([name, label]) => {
    const value = words(params, name)
    return value === '' ? [] : [[label, value] as [string, string]]
  })

const noteOf = (params: MailParams) => (words(params, 'note') === '' ? [] : [words(params, 'note')])

type Template = (params: MailParams, link: string) => MailParts

/** Every mail this library sends. The subject is in the row: it is written when the mail is queued. */
export const mailTemplates = {
  'reconciliation-magic-link': (params, link) => ({
    preview: `${words(params, 'itemCount')} bank items need your answer`,
    heading: `Hello ${words(params, 'contactName')}`,
    paragraphs: [
      `${words(params, 'firmName')} is closing the books of ${words(params, 'clientName')} and could not find a document for some lines of your bank statement.`,
      'Please tell us what each of them was: upload the receipt or invoice, or leave a short note. It saves by itself, and you can come back to this link until it expires.',
      ...noteOf(params),
    ],
    facts: rows(params, {
      statement: 'Statement',
      period: 'Period',
      itemCount: 'Items',
      total: 'Total value',
      expires: 'Link valid until',
    }),
    button: { label: 'Open the reconciliation portal', url: link },
    closing: 'The link is for you alone: please do not forward it.',
  }),
  'portal-sign-in': (params, link) => ({
    preview: 'Your sign-in link',
    heading: 'Sign in again',
    paragraphs: [
      `Somebody, probably you, opened the reconciliation portal of ${words(params, 'clientName')} in another browser.`,
      `This link signs that browser in. It works once, for ${words(params, 'minutes')} minutes. If it was not you, do nothing.`,
    ],
    facts: [],
    button: { label: 'Sign in to the portal', url: link },
  }),
  'reconciliation-response-digest': (params) => ({
    preview: `${words(params, 'count')} new answers of ${words(params, 'clientName')}`,
    heading: `${words(params, 'clientName')} has answered`,
    paragraphs: ['You can work on the answers that are there; there is no need to wait for the rest.'],
    facts: rows(params, {
      count: 'New answers',
      answered: 'Answered in all',
      open: 'Still open',
      exceptions: 'For a senior accountant',
    }),
  }),
  'reconciliation-follow-up': (params) => ({
    preview: 'One more question',
    heading: 'One more question about your bank statement',
    paragraphs: [words(params, 'question'), 'Please open the portal with the link of our earlier mail.'],
    facts: rows(params, { date: 'Date', amount: 'Amount', description: 'Description' }),
  }),
  'reconciliation-reminder': (params) => ({
    preview: `${words(params, 'open')} bank items still wait for you`,
    heading: 'A short reminder',
    paragraphs: [
      'Some lines of your bank statement still wait for an answer. Please open the portal with the link of our earlier mail.',
    ],
    facts: rows(params, { open: 'Still open', expires: 'Link valid until' }),
  }),
  'reconciliation-report': (params) => ({
    preview: 'The reconciliation is complete',
    heading: `The reconciliation of ${words(params, 'clientName')} is complete`,
    paragraphs: ['The report is attached, and stays available in the workspace.'],
    facts: rows(params, {
      statement: 'Statement',
      period: 'Period',
      matched: 'Lines matched',
      resolved: 'Items resolved',
    }),
  }),
  'deposit-source-credentials': (params) => ({
    preview: 'The bank refuses the password',
    heading: 'A bank connection needs new credentials',
    paragraphs: [
      `${words(params, 'source')} answered that the password is no longer valid. Fetching has stopped, so that the account is not locked.`,
      'Open the payments desk and choose "Update credentials".',
    ],
    facts: rows(params, { source: 'Source', lastFetched: 'Last fetched' }),
  }),
} as const satisfies Record<string, Template>

export type MailTemplate = keyof typeof mailTemplates

/** @throws ReconError INTERNAL for a template this version does not know */
export function renderTemplate(template: string, params: MailParams, link: string, look: FirmLook): RenderedMail {
  if (!Object.hasOwn(mailTemplates, template)) {
    throw new ReconError('INTERNAL', `There is no mail template "${template.slice(0, 60)}".`)
  }
  const make: Template = mailTemplates[template as MailTemplate]
  return renderMail(make(params, link), look)
}
