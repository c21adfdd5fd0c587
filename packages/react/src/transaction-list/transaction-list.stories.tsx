import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { largeDay } from '../fixtures/large-day.ts'
import { sampleDay } from '../fixtures/sample-day.ts'
import { en } from '../messages/messages-en.ts'
import type { RowActions } from './row-actions.ts'
import { TransactionList } from './transaction-list.tsx'

const day = sampleDay()
const done = { reconcile: fn(), flag: fn(), escalate: fn() }
const settled: ReadonlySet<string> = new Set(['RECONCILED', 'UNRECEIVED'])
const everything: RowActions = { review: fn(), flag: fn(), escalate: fn(), awaitJournal: fn(), closeBatch: fn() }

const meta = {
  title: 'Cash management/TransactionList',
  component: TransactionList,
  args: {
    rows: day.rows,
    onOpen: fn(),
    onUndo: fn(),
    onExport: fn(),
    bulkActions: done,
    actionsFor: (row) => (settled.has(row.item.status) ? {} : everything),
  },
} satisfies Meta<typeof TransactionList>

export default meta
type Story = StoryObj<typeof meta>

export const BankDay: Story = {}

export const Dark: Story = { parameters: { theme: 'dark' } }

export const Keyboard: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const first = canvas.getAllByRole('row')[1]
    first?.focus()
    await userEvent.keyboard('j')
    await expect(canvas.getAllByRole('row')[2]).toHaveFocus()
    await userEvent.keyboard(' ')
    await expect(canvas.getAllByRole('row')[2]).toHaveAttribute('aria-selected', 'true')
    await userEvent.keyboard('k{Enter}')
    await expect(args.onOpen).toHaveBeenCalledOnce()
    await userEvent.keyboard('f')
    await expect(done.flag).toHaveBeenCalledOnce()
    await userEvent.keyboard('u')
    await expect(args.onUndo).toHaveBeenCalledOnce()
    await userEvent.keyboard('/')
    await expect(canvas.getByRole('searchbox')).toHaveFocus()
    await userEvent.keyboard('oakline{Enter}')
    await expect(canvas.getAllByRole('row')).toHaveLength(2)
    await userEvent.keyboard('?')
    await expect(within(document.body).getByRole('dialog', { name: en.keys.title })).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(canvas.getAllByRole('row')[1]).toHaveFocus())
  },
}

export const Selection: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: /^Unmatched/ }))
    await userEvent.click(canvas.getByRole('checkbox', { name: en.desk.selectAll }))
    await expect(canvas.getByRole('region', { name: /selected/ })).toBeVisible()
  },
}

export const HundredThousandRows: Story = { args: { rows: largeDay(100_000) } }
export const Loading: Story = { args: { rows: [], state: { kind: 'loading' } } }
export const Partial: Story = { args: { state: { kind: 'partial', loaded: 500, total: 41_200 } } }
export const Empty: Story = { args: { rows: [] } }
export const NothingFound: Story = {
  args: { query: { filter: 'ALL', search: 'zzzz', sort: { by: 'severity', descending: true } } },
}
export const Failed: Story = {
  args: {
    rows: [],
    state: { kind: 'failed', message: 'The backend cannot be reached. Check the connection and the url.', retry: fn() },
  },
}
export const Refused: Story = {
  args: { rows: [], state: { kind: 'refused', message: 'This needs one of the roles ADMIN, FINANCE.' } },
}
export const RightToLeft: Story = { parameters: { language: 'ar' } }

/** Widths by the keys and by the pointer; the host is told and remembers them. */
export const ColumnWidths: Story = {
  args: { onColumnsChange: fn() },
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const edge = canvas.getByRole('separator', { name: en.desk.resizeColumn(en.desk.column.reference) })
    const column = edge.closest('[role="columnheader"]')
    const before = column?.getBoundingClientRect().width ?? 0
    edge.focus()
    await userEvent.keyboard('{ArrowRight}')
    await expect(args.onColumnsChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ widths: { reference: before + 16 } }),
    )
    await expect(column?.getBoundingClientRect().width).toBe(before + 16)
    const at = edge.getBoundingClientRect()
    await userEvent.pointer([
      { keys: '[MouseLeft>]', target: edge, coords: { clientX: at.x, clientY: at.y } },
      { target: edge, coords: { clientX: at.x + 40, clientY: at.y } },
      { keys: '[/MouseLeft]', target: edge, coords: { clientX: at.x + 40, clientY: at.y } },
    ])
    await expect(column?.getBoundingClientRect().width).toBe(before + 56)
    await userEvent.keyboard('{Home}')
    await expect(column?.getBoundingClientRect().width).toBe(before)
  },
}
