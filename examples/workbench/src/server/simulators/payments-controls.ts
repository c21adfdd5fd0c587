import { money } from '@recon/core'
import { amountOf, type PanelAction, PanelRefusal, type PanelRoom, textOf } from './panel-room.ts'
import { tellPayments } from './payment-feed.ts'

const names = ['Layla Haddad', 'Omar Siddiqui', 'Mariam Khoury', 'Yusuf Barakat', 'Dana Saleh', 'Khalid Nasser']

/** The app's own payments and the deposits the bank has, as Lean sees them. */
export async function paymentsFacts({ world }: PanelRoom) {
  const { lean } = world.simulators
  const references = new Set(lean.deposits.map(({ reference }) => reference))
  return {
    payments: [...lean.payments.values()].reverse().map(({ id, amount, description, sender }) => ({
      id,
      amount: money(amount, 'AED'),
      description,
      sender,
      deposited: references.has(description),
    })),
    deposits: lean.deposits.length,
    refused: refusing.has(lean),
    silent: silent.has(lean),
  }
}

const refusing = new WeakSet<object>()
const silent = new WeakSet<object>()

function switched(set: WeakSet<object>, simulator: object, on: boolean): void {
  if (on) set.add(simulator)
  else set.delete(simulator)
}

export const paymentsControls: Readonly<Record<string, PanelAction>> = {
  customerPays: async ({ world, client }, input) => {
    const { lean } = world.simulators
    const number = lean.payments.size
    const sender = names[number % names.length] ?? 'Layla Haddad'
    const amount = amountOf(input, 'AED')
    const description = `LN${String(30_500_000 + number * 7919)}`
    const id = lean.pay({ amount, description, sender })
    await tellPayments(client('payments'), world.lean.books)
    return `${sender} paid ${amount} AED in the app: ${id}.`
  },
  depositArrives: async ({ world }, input) => {
    const payment = world.simulators.lean.payments.get(textOf(input, 'payment'))
    if (payment === undefined) throw new PanelRefusal('There is no such payment.')
    const named = input.unnamed !== true
    const deposit = { amount: payment.amount, sender: payment.sender.toUpperCase() }
    world.simulators.lean.deposit(named ? { ...deposit, reference: payment.description } : deposit)
    return `The bank has ${payment.amount} AED${named ? '' : ', without its reference'}; the next fetch brings it.`
  },
  bankPassword: async ({ world }, input) => {
    const changed = input.on === true
    world.simulators.lean.breakBankCredentials(changed)
    switched(refusing, world.simulators.lean, changed)
    return changed
      ? 'The bank refuses the password from now on; the next fetch finds out.'
      : 'The bank takes the password again: use "Update credentials".'
  },
  bankSilent: async ({ world }, input) => {
    const down = input.on === true
    world.simulators.lean.setOutage(down ? { status: 503 } : null)
    switched(silent, world.simulators.lean, down)
    return down ? 'The bank does not answer.' : 'The bank answers again.'
  },
}
