import type { Locator, Page } from 'playwright'

/** The controls of the outside world, beside the screen. */
export interface SimulatorControls {
  readonly panel: Locator
  readonly group: (name: string) => Locator
  /** Presses a control and waits until the outside world has done it. */
  readonly press: (name: string, within?: Locator) => Promise<string>
  readonly fill: (group: string, amount: string, choice?: string) => Promise<void>
}

export async function openSimulators(page: Page): Promise<SimulatorControls> {
  const panel = page.getByRole('complementary', { name: 'Simulator controls' })
  if ((await panel.count()) === 0) await page.getByRole('button', { name: 'Simulators' }).click()
  await panel.getByText('Time in the workbench').waitFor()
  const group = (name: string) => panel.getByRole('region', { name, exact: true })
  const said = panel.getByRole('status')
  return {
    panel,
    group,
    press: async (name, within = panel) => {
      const done = page.waitForResponse((answer) => /\/workbench\/simulators\/\w+\/\w+$/.test(answer.url()))
      const control = within.getByRole('button', { name, exact: true }).or(within.getByLabel(name, { exact: true }))
      await control.first().click()
      const { words = '', refused = '' } = await (await done).json()
      await said.getByText(words || refused).waitFor()
      return words || refused
    },
    fill: async (name, amount, choice) => {
      const form = group(name)
      if (choice !== undefined) {
        const option = form.getByRole('option').filter({ hasText: choice })
        await form.getByRole('combobox').selectOption((await option.getAttribute('value')) ?? '')
      }
      await form.getByRole('textbox').first().fill(amount)
    },
  }
}
