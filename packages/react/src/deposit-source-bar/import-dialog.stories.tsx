import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import {
  sampleImport,
  sampleLook,
  sampleMapping,
  sampleMemory,
  sampleRecords,
  sampleUnknownLook,
} from '../fixtures/sample-table.ts'
import { tableSourceKey } from '../mapping-editor/table-mapping.ts'
import type { Messages } from '../messages/messages.ts'
import { ar } from '../messages/messages-ar.ts'
import { de } from '../messages/messages-de.ts'
import { en } from '../messages/messages-en.ts'
import { ImportDialog } from './import-dialog.tsx'

const run = fn(async () => undefined)
const preview = fn(sampleImport().preview)
const memory = sampleMemory()
const source = sampleImport({ run, preview, memory })
const unreadable = sampleImport({
  look: async () => sampleUnknownLook,
  preview: async () => ({ records: sampleRecords, total: 3, problems: [] }),
})

const meta = {
  title: 'Payments desk/ImportDialog',
  component: ImportDialog,
  args: { open: true, source, onClose: fn() },
  beforeEach: () => {
    run.mockClear()
    preview.mockClear()
    memory.kept.clear()
  },
} satisfies Meta<typeof ImportDialog>

export default meta
type Story = StoryObj<typeof meta>

async function chosen(words: Messages = en) {
  const dialog = within(await within(document.body).findByRole('dialog'))
  const file = new File(['Buchung;Betrag EUR'], 'umsaetze.csv', { type: 'text/csv' })
  await userEvent.upload(dialog.getByLabelText(words.importing.choose), file)
  await dialog.findByLabelText(words.mapping.field.bookingDate)
  return dialog
}

export const ChooseFile: Story = {}

/** The proposal is read at once; importing it is one click. */
export const MappingAndPreview: Story = {
  play: async () => {
    const dialog = await chosen()
    await expect(await dialog.findByText(en.importing.preview(3, 41))).toBeVisible()
    await expect(preview).toHaveBeenLastCalledWith(expect.any(File), sampleMapping)
    await userEvent.click(dialog.getByText(en.mapping.why))
    await expect(dialog.getByText(/every date of the column is real as DD.MM.YYYY/)).toBeVisible()
    await userEvent.click(dialog.getByRole('button', { name: en.importing.run(41) }))
    await expect(run).toHaveBeenCalledOnce()
  },
}

/** A correction must be read before it can be imported, and is kept for the next file of the source. */
export const Corrected: Story = {
  play: async () => {
    const dialog = await chosen()
    await dialog.findByText(en.importing.preview(3, 41))
    await userEvent.selectOptions(dialog.getByLabelText(en.mapping.field.remittanceText), 'Details')
    await expect(dialog.getByRole('button', { name: en.importing.run(41) })).toHaveAttribute('aria-disabled', 'true')
    await userEvent.click(dialog.getByRole('button', { name: en.mapping.read }))
    const corrected = { ...sampleMapping, columns: { ...sampleMapping.columns, remittanceText: 'Details' } }
    await waitFor(() => expect(preview).toHaveBeenLastCalledWith(expect.any(File), corrected))
    await expect([...memory.kept.values()]).toEqual([corrected])
    await waitFor(() =>
      expect(dialog.getByRole('button', { name: en.importing.run(41) })).not.toHaveAttribute('aria-disabled'),
    )
    await userEvent.click(dialog.getByRole('button', { name: en.importing.run(41) }))
    await expect(run).toHaveBeenCalledWith(expect.any(File), corrected, expect.any(Function), expect.any(AbortSignal))
  },
}

/** What a person saved comes back with the next file, and can be forgotten. */
export const Remembered: Story = {
  play: async () => {
    memory.kept.set(tableSourceKey('bank', sampleLook), { ...sampleMapping, positive: 'MONEY_OUT' })
    const dialog = await chosen()
    await expect(await dialog.findByText(en.mapping.remembered)).toBeVisible()
    await expect(dialog.getByLabelText(en.mapping.positive.label)).toHaveValue('MONEY_OUT')
    await userEvent.click(dialog.getByRole('button', { name: en.mapping.reset }))
    await expect(dialog.getByLabelText(en.mapping.positive.label)).toHaveValue('MONEY_IN')
    await waitFor(() => expect(preview).toHaveBeenLastCalledWith(expect.any(File), sampleMapping))
  },
}

/** Nothing could be proposed: the person names the columns, and is told what is missing. */
export const NothingProposed: Story = {
  args: { source: unreadable },
  play: async () => {
    const dialog = await chosen()
    await expect(dialog.getByText(en.mapping.noProposal)).toBeVisible()
    await userEvent.selectOptions(dialog.getByLabelText(en.mapping.header.label), en.mapping.header.NONE)
    await userEvent.selectOptions(dialog.getByLabelText(en.mapping.field.amount), en.mapping.column(7))
    await expect(dialog.getByRole('alert')).toHaveTextContent(en.mapping.problem.DATE_COLUMN_MISSING)
    await userEvent.selectOptions(dialog.getByLabelText(en.mapping.field.bookingDate), en.mapping.column(1))
    await userEvent.click(dialog.getByRole('button', { name: en.mapping.read }))
    await expect(await dialog.findByText(en.importing.preview(3, 3))).toBeVisible()
  },
}

export const InGerman: Story = {
  parameters: { language: 'de' },
  play: async () => {
    const dialog = await chosen(de)
    await expect(await dialog.findByText(/Nichts beweist die Richtung der Beträge/)).toBeVisible()
  },
}
export const RightToLeftDark: Story = {
  parameters: { language: 'ar', theme: 'dark' },
  play: async () => {
    const dialog = await chosen(ar)
    await expect(await dialog.findByText(ar.importing.preview(3, 41))).toBeVisible()
  },
}
