import { type BankLine, type BookEntry, money } from '@recon/core'
import { en } from '@recon/react'
import { ExceptionsScreen, OutboxScreen, PortalScreen, RunListScreen, RunScreen } from '@recon/react/connected'
import { screen, waitFor, within } from '@testing-library/react'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { visitPortal } from './portal-visitor.ts'
import { allowed, patience, type ServedDesk, serveDesk } from './served-desk.tsx'

const line = (id: string, amount: string, more: Partial<BankLine>): BankLine => ({
  id,
  account: '0048',
  bookingDate: '2026-10-12',
  amount: money(amount, 'USD'),
  status: 'POSTED',
  references: {},
  ...more,
})
const entry = (id: string, amount: string, more: Partial<BookEntry>): BookEntry => ({
  id,
  account: '0048',
  date: '2026-10-11',
  amount: money(amount, 'USD'),
  kind: 'GL_ENTRY',
  references: {},
  ...more,
})
const lines = [
  line('S1', '-120.00', { instrument: 'WIRE', references: { endToEndId: 'INV-2001' } }),
  line('S3', '-45.25', { counterparty: { name: 'Harbour Coffee Roasters' } }),
  line('S4', '-151.04', { references: { remittanceText: 'AIRLINE TICKET 7712' } }),
]
const entries = [
  entry('J1', '-120.00', { instrument: 'WIRE', references: { paymentReference: 'INV-2001' } }),
  entry('J3', '-45.25', { counterparty: { name: 'Harbour Coffee Roasters' } }),
]

let desk: ServedDesk
let runId = ''
let mail = ''
const staff = () => desk.clientOf(['BOOKKEEPER'])
const senior = () => desk.clientOf(['SENIOR_ACCOUNTANT'])

beforeAll(async () => {
  desk = await serveDesk({
    mail: {
      from: 'Ledger & Co <desk@firm.example>',
      send: async (message) => {
        if (message.text.includes('/portal/enter/')) mail = message.text
        return { ok: true }
      },
    },
    portal: { url: 'http://desk.test/recon', page: 'http://desk.test/portal' },
  })
  const client = staff()
  allowed(await senior().settings.save({ version: 0, firmName: 'Ledger & Co', notify: ['desk@firm.example'] }))
  const customer = allowed(
    await client.clients.save({
      legalName: 'Northwind Traders Ltd',
      accounts: ['0048'],
      materiality: [{ amount: '100.00', currency: 'USD' }],
      categories: ['Travel', 'Cash'],
    }),
  )
  const contact = { name: 'Cleo Client', email: 'cleo@client.example', canSubmitIntake: true }
  allowed(await client.clients.saveContact({ clientId: customer.id, ...contact }))
  const statement = {
    id: 'ST-2026-10',
    account: '0048',
    currency: 'USD',
    balances: [],
    provisional: false,
    periodStart: '2026-10-01',
    periodEnd: '2026-10-31',
    openingBalance: { kind: 'OPENING_BOOKED', amount: money('1000.00', 'USD') },
    closingBalance: { kind: 'CLOSING_BOOKED', amount: money('683.71', 'USD') },
    lineIds: lines.map(({ id }) => id),
  } as const
  allowed(
    await client.imports.create({
      clientId: customer.id,
      bankLines: lines,
      bookEntries: entries,
      statements: [{ ...statement, balances: [], lineIds: [...statement.lineIds] }],
    }),
  )
  const run = { name: 'October 2026', clientId: customer.id, statementId: statement.id, wait: true }
  runId = allowed(await client.runs.create({ ...run, policy: 'bookkeeping' })).id
}, 60_000)
afterAll(() => desk.stop())

const openTab = async (user: ReturnType<ServedDesk['show']>, name: string) =>
  user.click(await screen.findByRole('tab', { name: new RegExp(`^${name}`) }, patience))

describe('the screens of a statement run on a backend', () => {
  it('lists the runs and opens one', async () => {
    let opened = ''
    const user = desk.show(
      <RunListScreen
        onOpen={(id) => {
          opened = id
        }}
      />,
      staff(),
    )
    await user.click(await screen.findByRole('button', { name: en.screens.runs.openRun('October 2026') }, patience))
    expect(opened).toBe(runId)
  })

  it('walks the proposals and dispatches what is left', async () => {
    const user = desk.show(<RunScreen runId={runId} firmName="Ledger & Co" />, staff())
    await openTab(user, en.run.review.title)
    for (const left of [2, 1]) {
      expect(await screen.findByText(en.run.review.position(1, left), {}, patience)).toBeVisible()
      await user.click(screen.getByRole('button', { name: new RegExp(`^${en.run.review.confirm}`) }))
    }
    expect(await screen.findByText(en.run.review.done, {}, patience)).toBeVisible()
    const dispatch = await screen.findByRole('button', { name: en.run.dispatch })
    await waitFor(() => expect(dispatch).not.toHaveAttribute('aria-disabled'), patience)
    await user.click(dispatch)
    const dialog = within(await screen.findByRole('dialog'))
    await user.click(dialog.getByRole('button', { name: en.run.dialog.send }))
    expect(await screen.findByText(en.run.status.AWAITING_CLIENT, {}, patience)).toBeVisible()
  })

  it('shows the mail in the outbox until it is out', async () => {
    desk.show(<OutboxScreen />, staff())
    expect(await screen.findByText('reconciliation-magic-link', {}, patience)).toBeVisible()
    await desk.recon.drain()
    desk.show(<OutboxScreen runId={runId} />, staff())
    expect(await screen.findByText(en.run.outbox.status.DISPATCHED, {}, patience)).toBeVisible()
    expect(mail).toContain('/recon/portal/enter/')
  })

  it('lets the client answer without an account', async () => {
    const visitor = await visitPortal(desk.recon, mail)
    const user = desk.show(<PortalScreen />, visitor)
    expect(await screen.findByText(/AIRLINE TICKET 7712/, {}, patience)).toBeVisible()
    await user.click(screen.getByText(en.portal.noDocument))
    await user.type(await screen.findByRole('textbox'), 'Flight to the fair')
    await user.selectOptions(screen.getByRole('combobox'), 'Travel')
    await user.click(await screen.findByRole('button', { name: en.portal.send(1) }))
    await waitFor(async () => {
      const { rows } = await staff().bookkeeping.unreconciled({ runId })
      expect(rows[0]?.item).toMatchObject({ status: 'CLIENT_RESPONDED', response: { note: 'Flight to the fair' } })
    }, patience)
  })

  it('brings the material answer to a senior accountant, who decides it', async () => {
    desk.show(<ExceptionsScreen onOpenRun={() => undefined} />, senior())
    expect(await screen.findByText(/Flight to the fair/, {}, patience)).toBeVisible()
    const user = desk.show(<RunScreen runId={runId} />, senior())
    await user.click(await screen.findByRole('button', { name: new RegExp(en.run.list.apply) }, patience))
    const dialog = within(await screen.findByRole('dialog'))
    await user.click(dialog.getByRole('button', { name: en.run.list.apply }))
    expect(await screen.findByText(en.run.itemStatus.RESOLVED, {}, patience)).toBeVisible()
  })

  it('completes, and writes the report that can be downloaded', async () => {
    const user = desk.show(<RunScreen runId={runId} />, senior())
    const complete = await screen.findByRole('button', { name: en.run.complete }, patience)
    await waitFor(() => expect(complete).not.toHaveAttribute('aria-disabled'), patience)
    await user.click(complete)
    expect((await screen.findAllByText(en.run.status.COMPLETE, {}, patience)).length).toBeGreaterThan(0)
    await desk.recon.drain()
    const after = desk.show(<RunScreen runId={runId} />, senior())
    await openTab(after, en.screens.reports.title)
    expect(
      (await screen.findAllByRole('button', { name: new RegExp(`^${en.screens.reports.download}`) }, patience)).length,
    ).toBeGreaterThan(0)
  })

  it('says what is wrong with a run that does not exist', async () => {
    desk.show(<RunScreen runId="nothing" />, staff())
    expect(await screen.findByRole('alert', {}, patience)).toBeVisible()
  })
})
