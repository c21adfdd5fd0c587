import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { en } from '../messages/messages-en.ts'
import { ImportDialog, type ImportSource } from './import-dialog.tsx'

const run = fn(async () => undefined)
const source: ImportSource = {
  suggest: async () => ({
    mapping: { id: 'Reference', date: 'Booked', amount: 'Credit', name: 'Sender' },
    decimalMark: '.',
  }),
  preview: async () => ({
    columns: ['Reference', 'Booked', 'Credit', 'Sender', 'Memo'],
    rows: [
      { id: 'FT2611200001', date: '2026-11-20', amount: '1,250.00', name: 'A RAHMAN TRADING' },
      { id: 'FT2611200002', date: '2026-11-20', amount: '86.40', name: 'LUMA STUDIO' },
    ],
    total: 41,
    problems: [{ line: 17, message: '“1.25O,00” is not an amount in this notation' }],
  }),
  run,
}

const meta = {
  title: 'Payments desk/ImportDialog',
  component: ImportDialog,
  args: { open: true, source, onClose: fn() },
} satisfies Meta<typeof ImportDialog>

export default meta
type Story = StoryObj<typeof meta>

export const ChooseFile: Story = {}
export const MappingAndPreview: Story = {
  play: async () => {
    const dialog = within(await within(document.body).findByRole('dialog'))
    const file = new File(['Reference,Booked'], 'deposits.csv', { type: 'text/csv' })
    await userEvent.upload(dialog.getByLabelText(en.importing.choose), file)
    await expect(await dialog.findByText('LUMA STUDIO')).toBeVisible()
    await userEvent.click(dialog.getByRole('button', { name: en.importing.run(41) }))
    await expect(run).toHaveBeenCalledOnce()
  },
}
