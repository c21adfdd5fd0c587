import type { Meta, StoryObj } from '@storybook/react-vite'
import { largeDay } from '../fixtures/large-day.ts'
import { sampleDay } from '../fixtures/sample-day.ts'
import { ProofPanel } from '../proof-panel/proof-panel.tsx'
import { runFigures } from './run-figures.ts'
import { RunFiguresBar, RunSummary } from './run-summary.tsx'

const day = sampleDay()
const proof = day.run.proofs.find((one) => one.currency === 'USD') ?? null
const figures = runFigures(day.rows, proof, 'USD', Date.parse('2026-11-20T11:14:00Z'))

const meta = {
  title: 'Cash management/RunSummary',
  component: RunSummary,
  args: { figures },
  render: (args) => (
    <div className="recon-desk">
      <RunFiguresBar figures={args.figures} />
      <RunSummary figures={args.figures} />
      <ProofPanel proof={args.figures.proof} />
    </div>
  ),
} satisfies Meta<typeof RunSummary>

export default meta
type Story = StoryObj<typeof meta>

export const BankDay: Story = {}
export const Dark: Story = { parameters: { theme: 'dark' } }
export const NothingYet: Story = { args: { figures: runFigures([], null, 'USD', 0) } }
export const HundredThousandRows: Story = {
  args: { figures: runFigures(largeDay(100_000), null, 'USD', Date.parse('2026-11-20T11:14:00Z')) },
}
export const RightToLeft: Story = { parameters: { language: 'ar' } }
