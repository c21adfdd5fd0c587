import { allow, type Decision, ReconError, refuse } from '@recon/core'
import type { Selectable } from 'kysely'
import { contentRefused } from '../files/content-type.ts'
import type { FileStorage, ScanFile } from '../files/file-storage.ts'
import { storageKey } from '../files/folder-storage.ts'
import { type AttachmentRow, attachmentRow } from '../portal/attachment-rows.ts'
import type { PortalVisitor } from '../portal/portal-session-store.ts'
import { mostFiles, type UploadRoom, uploadLimits } from '../portal/upload-limits.ts'
import { recordActivity } from '../store/activity-chain.ts'
import { sha256 } from '../store/digest.ts'
import type { AttachmentTable } from '../store/tables.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

export interface UploadSetup {
  readonly storage: FileStorage
  readonly scan?: ScanFile
  readonly room?: Partial<UploadRoom>
}

export interface UploadInput {
  readonly itemId: string
  readonly fileName: string
  readonly contentType: string
  readonly size: number
  readonly sha256: string
}

type Answer = Decision<{ attachment: AttachmentRow }>

/** Announces a file: its size, type and hash are checked against the limits before a byte is taken. */
export async function beginUpload(
  unit: UnitOfWork,
  visitor: PortalVisitor,
  input: UploadInput,
  setup: Pick<UploadSetup, 'room'> = {},
): Promise<Answer> {
  const room: UploadRoom = { ...uploadLimits, ...setup.room }
  const item = await unit.db
    .selectFrom('unreconciled_item')
    .select('id')
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', visitor.runId)
    .where('id', '=', input.itemId)
    .executeTakeFirst()
  if (item === undefined) throw new ReconError('NOT_FOUND', 'There is no such item.', { place: 'itemId' })
  if (!uploadLimits.contentTypes.includes(input.contentType)) {
    return refuse('CONTENT_NOT_ACCEPTED', 'Give a PDF, a picture (PNG, JPEG, HEIC) or a text file.')
  }
  if (input.size > room.fileBytes) return refuse('FILE_TOO_LARGE', `A file may have ${room.fileBytes} bytes.`)
  const own = await unit.db
    .selectFrom('attachment')
    .select(['size', 'status'])
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', visitor.runId)
    .where('contact_id', '=', visitor.actor.id)
    .execute()
  const used = own.reduce((sum, file) => sum + (file.status === 'REFUSED' ? 0 : Number(file.size)), 0)
  if (own.length >= mostFiles || used + input.size > room.contactBytes) {
    return refuse('QUOTA_EXCEEDED', 'There is no more room for files of this request.')
  }
  if ((await usedByClient(unit, visitor.runId)) + input.size > room.clientBytes) {
    return refuse('QUOTA_EXCEEDED', 'There is no more room for files of this client. Tell the firm.')
  }
  const row = await unit.db
    .insertInto('attachment')
    .values({
      tenant_id: unit.tenantId,
      id: unit.newId(),
      run_id: visitor.runId,
      item_id: input.itemId,
      contact_id: visitor.actor.id,
      status: 'UPLOADING',
      file_name: input.fileName,
      content_type: input.contentType,
      size: BigInt(input.size),
      received: 0n,
      sha256: input.sha256,
      refusal: null,
      created_at: unit.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return allow({ attachment: attachmentRow(row) })
}

/** Bytes kept or announced over all requests of the client a run belongs to. */
async function usedByClient(unit: UnitOfWork, runId: string): Promise<number> {
  const row = await unit.db
    .selectFrom('attachment')
    .innerJoin('run', (join) =>
      join.onRef('run.tenant_id', '=', 'attachment.tenant_id').onRef('run.id', '=', 'attachment.run_id'),
    )
    .select(({ fn }) => fn.sum<string>('attachment.size').as('bytes'))
    .where('attachment.tenant_id', '=', unit.tenantId)
    .where('attachment.status', '!=', 'REFUSED')
    .where('run.client_id', 'in', (query) =>
      query.selectFrom('run').select('client_id').where('tenant_id', '=', unit.tenantId).where('id', '=', runId),
    )
    .executeTakeFirst()
  return Number(row?.bytes ?? 0)
}

/** @throws ReconError NOT_FOUND for a file of another request or contact */
export async function findUpload(
  unit: UnitOfWork,
  visitor: PortalVisitor,
  attachmentId: string,
): Promise<Selectable<AttachmentTable>> {
  const row = await unit.db
    .selectFrom('attachment')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', visitor.runId)
    .where('contact_id', '=', visitor.actor.id)
    .where('id', '=', attachmentId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new ReconError('NOT_FOUND', 'There is no such upload.', { place: 'attachmentId' })
  return row
}

/** Takes the bytes from an offset on. The last part closes the file: its hash, its content and the scanner decide. */
export async function uploadPart(
  unit: UnitOfWork,
  visitor: PortalVisitor,
  part: { readonly attachmentId: string; readonly offset: number; readonly bytes: Uint8Array },
  setup: UploadSetup,
): Promise<Answer> {
  const row = await findUpload(unit, visitor, part.attachmentId)
  const received = Number(row.received)
  if (row.status !== 'UPLOADING' || part.offset !== received) {
    throw new ReconError('VERSION_CONFLICT', `The upload stands at byte ${received}. Go on from there.`, {
      place: 'offset',
      details: { current: attachmentRow(row) },
    })
  }
  const next = received + part.bytes.byteLength
  if (next > Number(row.size)) return refuse('FILE_TOO_LARGE', 'There are more bytes than were announced.')
  const key = storageKey(unit.tenantId, 'upload', row.id)
  await setup.storage.append(key, part.offset, part.bytes)
  const done = next === Number(row.size)
  const verdict = done ? await judge(row, key, setup) : { status: 'UPLOADING', refusal: null }
  const after = await unit.db
    .updateTable('attachment')
    .set({ received: BigInt(next), ...verdict })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  if (done) {
    if (verdict.status === 'REFUSED') await setup.storage.remove(key)
    await recordActivity(unit, [
      {
        name: `portal.attachment_${verdict.status.toLowerCase()}`,
        at: unit.now,
        actorId: visitor.actor.id,
        subject: { kind: 'attachment', id: row.id },
        version: 1,
        data: { itemId: row.item_id, size: Number(row.size), sha256: row.sha256, refusal: verdict.refusal },
        runId: visitor.runId,
      },
    ])
  }
  return allow({ attachment: attachmentRow(after) })
}

async function judge(
  row: Selectable<AttachmentTable>,
  key: string,
  { storage, scan }: UploadSetup,
): Promise<{ status: AttachmentRow['status']; refusal: string | null }> {
  const bytes = await storage.read(key)
  if (sha256(bytes) !== row.sha256) return { status: 'REFUSED', refusal: 'HASH_DIFFERS' }
  const refused = contentRefused(bytes, row.content_type, row.file_name)
  if (refused !== null) return { status: 'REFUSED', refusal: refused }
  if (scan === undefined) return { status: 'STORED', refusal: null }
  try {
    const verdict = await scan({ bytes, contentType: row.content_type })
    return verdict.clean
      ? { status: 'STORED', refusal: null }
      : { status: 'QUARANTINED', refusal: verdict.reason ?? 'SCAN' }
  } catch {
    return { status: 'QUARANTINED', refusal: 'SCANNER_UNAVAILABLE' }
  }
}
