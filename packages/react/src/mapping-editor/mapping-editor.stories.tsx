import type { Meta, StoryObj } from '@storybook/react-vite'
import { useMemo } from 'react'
import { expect, fn, userEvent, within } from 'storybook/test'
import { sampleLook, sampleMapping, sampleMemory, sampleUnknownLook } from '../fixtures/sample-table.ts'
import { en } from '../messages/messages-en.ts'
import { MappingEditor } from './mapping-editor.tsx'
import type { TableLook, TableMapping } from './table-mapping.ts'
import { useTableMapping } from './use-table-mapping.ts'

const onRead = fn()

function Editor({ look }: { readonly look: TableLook }) {
  const file = useMemo(() => new File(['a;b'], 'umsaetze.csv'), [])
  const parts = useMemo(() => ({ look: async () => look, memory: sampleMemory() }), [look])
  const model = useTableMapping({ file, target: 'bank', ...parts })
  return model.state === 'READY' ? (
    <MappingEditor model={model} onRead={(mapping: TableMapping) => onRead(mapping)} />
  ) : null
}

const meta = {
  title: 'Payments desk/MappingEditor',
  component: Editor,
  args: { look: sampleLook },
  beforeEach: () => onRead.mockClear(),
} satisfies Meta<typeof Editor>

export default meta
type Story = StoryObj<typeof meta>

export const Proposed: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await expect(await canvas.findByLabelText(en.mapping.field.bookingDate)).toHaveValue('=Buchung')
    await expect(canvas.getByLabelText(en.mapping.field.remittanceText)).toHaveDisplayValue(
      en.mapping.several('Verwendungszweck', 1),
    )
    await userEvent.click(canvas.getByText(en.mapping.moreFields))
    await userEvent.selectOptions(canvas.getByLabelText(en.mapping.field.mandateId), 'Details')
    await userEvent.click(canvas.getByRole('button', { name: en.mapping.read }))
    const columns = { ...sampleMapping.columns, mandateId: 'Details' }
    await expect(onRead).toHaveBeenCalledWith({ ...sampleMapping, columns })
  },
}
export const TwoColumns: Story = {
  args: {
    look: {
      ...sampleLook,
      proposal: {
        ok: true,
        headerLine: 1,
        mapping: {
          ...sampleMapping,
          amount: { kind: 'DEBIT_CREDIT', debit: 'Details', credit: 'Betrag EUR', debitSign: 'EITHER' },
        },
        reasons: [],
        doubts: [],
      },
    },
  },
}
export const NothingProposed: Story = { args: { look: sampleUnknownLook } }
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Dark: Story = { parameters: { theme: 'dark' } }
