import type { Actor } from '@recon/core'
import type { FirmServices } from '../http/firm-handlers.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { Telemetry } from '../telemetry.ts'
import { actOnItem } from './act-on-item.ts'
import { actOnMany } from './act-on-many.ts'
import { calibrateDecisions } from './calibrate-decisions.ts'
import { comparePolicies, type PolicyComparison } from './compare-policies.ts'
import { completeRun } from './complete-run.ts'
import { type DispatchRunInput, dispatchRun } from './dispatch-run.ts'
import { drawPeriod } from './draw-period.ts'
import { explainRecords } from './explain-records.ts'
import { getItem } from './get-item.ts'
import { importRecords } from './import-records.ts'
import { linkLines, moveTransactable } from './link-lines.ts'
import { listActivity } from './list-activity.ts'
import { listItems } from './list-items.ts'
import { listOutbox, resendMail } from './list-outbox.ts'
import { getProof, getRun, listRuns } from './list-runs.ts'
import { listTransactables } from './list-transactables.ts'
import { actOnPeriod, listPeriods } from './lock-period.ts'
import { matchTransactables } from './match-transactables.ts'
import type { PlanRun } from './plan-run.ts'
import { proveRun } from './prove-run.ts'
import { type ResolveItemInput, resolveItem } from './resolve-item.ts'
import { saveClient, saveContact } from './save-client.ts'
import { saveSettings } from './save-settings.ts'
import { saveTransactables } from './save-transactables.ts'
import { startRun } from './start-run.ts'
import { sweepTreasury } from './sweep-treasury.ts'
import { previewUndo, undoEvent } from './undo-event.ts'
import { type DepositUpload, uploadDeposits } from './upload-deposits.ts'

/** Who asks and for which tenant: the host vouches for both. */
export interface Asker {
  readonly tenantId: string
  readonly actor: Actor
}

export type Transact = <Result>(
  tenantId: string,
  actor: Actor,
  work: (unit: UnitOfWork) => Promise<Result>,
) => Promise<Result>

type UseCase<Input, Output> = (asker: Asker, input: Input) => Promise<Output>

function bind<Input, Output>(
  transact: Transact,
  useCase: (unit: UnitOfWork, input: Input) => Promise<Output>,
): UseCase<Input, Output> {
  return (asker, input) => transact(asker.tenantId, asker.actor, (unit) => useCase(unit, input))
}

/** The same calls, each with a span of its name. */
function named<Calls extends Record<string, UseCase<never, unknown>>>(telemetry: Telemetry, calls: Calls): Calls {
  const wrapped = Object.entries(calls).map(([name, call]) => [
    name,
    (asker: Asker, input: never) =>
      telemetry.span(`recon.use-case ${name}`, { 'recon.operation': name }, () => call(asker, input)),
  ])
  return Object.fromEntries(wrapped) as Calls
}

/** Every use case as a library call: the same transaction and the same rules as over HTTP. */
export function bindUseCases(transact: Transact, planRun: PlanRun, services: FirmServices, telemetry: Telemetry) {
  return named(telemetry, {
    importRecords: bind(transact, importRecords),
    startRun: bind(transact, (unit, input: Parameters<typeof startRun>[1] & { policy?: Parameters<PlanRun>[0] }) =>
      startRun(unit, input, planRun(input.policy)),
    ),
    listRuns: bind(transact, listRuns),
    getRun: bind(transact, getRun),
    getProof: bind(transact, getProof),
    listItems: bind(transact, listItems),
    getItem: bind(transact, getItem),
    actOnItem: bind(transact, actOnItem),
    actOnMany: bind(transact, actOnMany),
    undoEvent: bind(transact, undoEvent),
    previewUndo: bind(transact, previewUndo),
    listActivity: bind(transact, listActivity),
    saveSettings: bind(transact, saveSettings),
    saveClient: bind(transact, saveClient),
    saveContact: bind(transact, saveContact),
    dispatchRun: bind(transact, (unit, input: DispatchRunInput) => dispatchRun(unit, input, services.portal())),
    resolveItem: bind(transact, (unit, input: ResolveItemInput) => resolveItem(unit, input, services.sealer)),
    completeRun: bind(transact, completeRun),
    saveTransactables: bind(transact, saveTransactables),
    listTransactables: bind(transact, listTransactables),
    matchTransactables: bind(transact, (unit, input: { readonly accounts?: readonly string[] }) =>
      matchTransactables(unit, input, planRun('treasury')),
    ),
    linkLines: bind(transact, linkLines),
    moveTransactable: bind(transact, moveTransactable),
    sweepTreasury: bind(transact, (unit, input: { readonly windowDays?: number }) =>
      sweepTreasury(unit, input.windowDays),
    ),
    drawPeriod: bind(transact, drawPeriod),
    actOnPeriod: bind(transact, actOnPeriod),
    listPeriods: bind(transact, listPeriods),
    proveRun: bind(transact, (unit, input: { readonly runId: string }) => proveRun(unit, input.runId)),
    explainRecords: bind(transact, explainRecords),
    comparePolicies: bind(transact, (unit, input: PolicyComparison) => comparePolicies(unit, input, planRun)),
    calibrateDecisions: bind(transact, calibrateDecisions),
    uploadDeposits: bind(transact, (unit, input: DepositUpload) => uploadDeposits(unit, input, planRun)),
    listOutbox: bind(transact, listOutbox),
    resendMail: bind(transact, resendMail),
  })
}

export type UseCases = ReturnType<typeof bindUseCases>
