import { allow, type Decision, missingPermission, ReconError } from '@recon/core'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

export interface FirmSettings {
  readonly firmName: string
  readonly logoUrl: string | null
  readonly notify: readonly string[]
  readonly linkDays: number
  /** Days after a dispatch on which a client with open items is reminded; none where empty. */
  readonly reminderDays: readonly number[]
  /** Hours between two comparisons of an invoice with the creditor's books; 0 for none. */
  readonly driftHours: number
  /** Days a pending bank line may wait for its posted one. */
  readonly pendingDays: number
  readonly version: number
}

export const defaultSettings: FirmSettings = {
  firmName: 'Your accounting firm',
  logoUrl: null,
  notify: [],
  linkDays: 60,
  reminderDays: [7, 21],
  driftHours: 24,
  pendingDays: 14,
  version: 0,
}

export async function loadFirmSettings(unit: Pick<UnitOfWork, 'db' | 'tenantId'>): Promise<FirmSettings> {
  const row = await unit.db
    .selectFrom('tenant_setting')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .executeTakeFirst()
  return row === undefined
    ? defaultSettings
    : { ...defaultSettings, ...(row.body as Partial<FirmSettings>), version: row.version }
}

/** Changes the settings given; the others stay. */
export async function saveSettings(
  unit: UnitOfWork,
  input: Partial<FirmSettings> & { readonly version: number },
): Promise<Decision<FirmSettings>> {
  const missing = missingPermission(unit.actor, 'policy.change')
  if (missing) return { ok: false, refusal: missing }
  const before = await loadFirmSettings(unit)
  if (before.version !== input.version) {
    throw new ReconError('VERSION_CONFLICT', 'The settings were changed meanwhile. Load them again.', {
      details: { current: before },
    })
  }
  const after: FirmSettings = { ...before, ...input, version: before.version + 1 }
  const { version, ...body } = after
  await unit.db
    .insertInto('tenant_setting')
    .values({ tenant_id: unit.tenantId, body: JSON.stringify(body), version })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ body: JSON.stringify(body), version }))
    .execute()
  await recordActivity(unit, [
    {
      name: 'settings.changed',
      at: unit.now,
      actorId: unit.actor.id,
      subject: { kind: 'settings', id: unit.tenantId },
      version,
      data: { changes: input },
    },
  ])
  return allow(after)
}
