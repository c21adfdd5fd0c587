import { ReconError } from '@recon/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import type { ReactNode } from 'react'
import { expect, userEvent, within } from 'storybook/test'
import { en } from '../messages/messages-en.ts'
import { useRecon } from '../recon-root/recon-context.ts'
import { ReconRoot } from './client-root.tsx'
import { CollectionsScreen, type CollectionsTab } from './collections-screen.tsx'
import { PaymentsScreen } from './payments-screen.tsx'
import { storyClient } from './story-client.ts'
import { TreasuryScreen } from './treasury-screen.tsx'

type Answers = Parameters<typeof storyClient>[0]
const forbidden = async () => {
  throw new ReconError('FORBIDDEN', 'This needs one of the roles ADMIN, FINANCE.')
}
const unreachable = async () => {
  throw new ReconError('STORE_UNAVAILABLE', 'The backend cannot be reached. Check the connection and the url.')
}
const nothing = async () => ({ rows: [], nextCursor: null, sums: [], drifts: [] })

/** A root of its own inside the story's: the same words, theme and clock. */
interface ConnectedProps {
  readonly answers: Answers
  readonly theme: 'light' | 'dark' | 'system'
  readonly children: ReactNode
}

function Connected({ answers, theme, children }: ConnectedProps) {
  const { messages, timeZone, density } = useRecon()
  return (
    <ReconRoot
      client={storyClient(answers)}
      appearance={{ theme }}
      messages={messages}
      timeZone={timeZone}
      density={density}
      now={() => Date.parse('2026-11-20T11:14:00Z')}
    >
      {children}
    </ReconRoot>
  )
}

interface ScreenArgs {
  readonly screen: 'payments' | 'collections' | 'treasury'
  readonly tab: CollectionsTab
  readonly answers: Answers
  readonly theme?: 'light' | 'dark' | 'system'
}

/** Whole screens that need only a client: here one that answers from the fixture worlds. */
function Screens({ screen, tab, answers, theme = 'light' }: ScreenArgs) {
  return (
    <Connected answers={answers} theme={theme}>
      {screen === 'payments' ? <PaymentsScreen onUpload={() => undefined} /> : null}
      {screen === 'collections' ? <CollectionsScreen tab={tab} /> : null}
      {screen === 'treasury' ? <TreasuryScreen /> : null}
    </Connected>
  )
}

const meta = {
  title: 'Connected/Screens',
  component: Screens,
  args: { screen: 'payments', tab: 'placements', answers: {} },
  render: (args, { globals, parameters }) => <Screens {...args} theme={parameters.theme ?? globals.theme} />,
} satisfies Meta<typeof Screens>

export default meta
type Story = StoryObj<typeof meta>

export const Payments: Story = {}
export const PaymentsWithoutSource: Story = { args: { answers: { sources: { list: async () => ({ rows: [] }) } } } }
export const PaymentsRefused: Story = {
  args: { answers: { system: { session: async () => ({ actorId: 'bo', roles: ['BOOKKEEPER'] }) } } },
}
export const PaymentsUnreachable: Story = {
  args: { answers: { runs: { list: unreachable }, sources: { list: unreachable } } },
}
export const Collections: Story = { args: { screen: 'collections' } }
export const CollectionsPlacement: Story = {
  args: { screen: 'collections' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const [open] = await canvas.findAllByRole('button', { name: /^INV|^[A-Z]+-\d+/ })
    if (open !== undefined) await userEvent.click(open)
    await expect(await canvas.findByText(en.collections.placement.recordPayment)).toBeVisible()
  },
}
export const CollectionsLedger: Story = { args: { screen: 'collections', tab: 'remittances' } }
export const CollectionsStatements: Story = { args: { screen: 'collections', tab: 'statements' } }
export const CollectionsEmpty: Story = {
  args: { screen: 'collections', answers: { collections: { placements: nothing, remittances: nothing } } },
}
export const CollectionsRefused: Story = {
  args: { screen: 'collections', answers: { collections: { placements: forbidden, syncLog: forbidden } } },
}
export const Treasury: Story = { args: { screen: 'treasury' } }
export const TreasuryRightToLeft: Story = { args: { screen: 'treasury' }, parameters: { language: 'ar' } }
export const CollectionsRightToLeft: Story = { args: { screen: 'collections' }, parameters: { language: 'ar' } }
export const PaymentsDark: Story = { parameters: { theme: 'dark' } }
