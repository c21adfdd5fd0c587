import type { Client, PortalItem } from '@recon/client'
import { ReconError } from '@recon/core'
import type {
  PortalAnswer,
  PortalAttachment,
  PortalLine,
  PortalRequest,
  PortalTransport,
  SaveOutcome,
} from '@recon/react'

type Wire = Awaited<ReturnType<Client['portal']['request']>>

function attachmentOf(given: PortalItem['attachments'][number]): PortalAttachment {
  const { id, fileName, size, received, status, refusal } = given
  return { id, fileName, size, received, status, refusal }
}

function answerOf({ response }: PortalItem): PortalAnswer {
  if (response === undefined) return { attachmentIds: [] }
  const { kind, category, note, attachmentIds } = response
  return {
    attachmentIds,
    ...(kind === undefined ? {} : { kind }),
    ...(category === undefined ? {} : { category }),
    ...(note === undefined ? {} : { note }),
  }
}

function lineOf(item: PortalItem): PortalLine {
  return {
    id: item.id,
    version: item.version,
    date: item.date,
    amount: item.amount,
    description: item.description,
    answer: answerOf(item),
    sent: item.status === 'CLIENT_RESPONDED' || item.status === 'RESOLVED',
    ...(item.question === undefined ? {} : { question: item.question }),
    attachments: item.attachments.map(attachmentOf),
    settled: item.status === 'RESOLVED',
  }
}

/** The request as the portal's page shows it. */
export function portalRequest(wire: Wire): PortalRequest {
  return { ...wire, lines: wire.items.map(lineOf) }
}

function stored(item: PortalItem): SaveOutcome {
  return { kind: 'SAVED', version: item.version, answer: answerOf(item), sent: item.status !== 'PENDING' }
}

/** Whether a thrown breakage is another writer who was first; its current text comes with it. */
function conflictOf(error: unknown): SaveOutcome | undefined {
  if (!ReconError.is(error) || error.code !== 'VERSION_CONFLICT') return undefined
  const current = error.details?.current
  if (typeof current !== 'object' || current === null || !('version' in current)) return undefined
  const item = current as PortalItem
  return { kind: 'CONFLICT', version: item.version, answer: answerOf(item) }
}

/** Saves answers and sends files through the portal's API. */
export function portalTransport(client: Client): PortalTransport {
  return {
    save: async ({ lineId, version, answer, submit }) => {
      try {
        const { kind, category, note, attachmentIds } = answer
        const saved = await client.portal.answer({
          itemId: lineId,
          version,
          submit,
          attachmentIds: [...attachmentIds],
          ...(kind === undefined ? {} : { kind }),
          ...(category === undefined ? {} : { category }),
          ...(note === undefined ? {} : { note }),
        })
        return saved.ok ? stored(saved.value.item) : { kind: 'REFUSED', message: saved.refusal.message }
      } catch (error) {
        return conflictOf(error) ?? { kind: 'UNREACHABLE' }
      }
    },
    begin: async ({ lineId, ...file }) => {
      const begun = await client.portal.beginUpload({ itemId: lineId, ...file })
      if (!begun.ok) throw new Error(begun.refusal.message)
      return attachmentOf(begun.value.attachment)
    },
    part: async (attachmentId, offset, bytes) => {
      const part = new Uint8Array(await bytes.arrayBuffer())
      const taken = await client.portal.uploadPart({ attachmentId, offset: String(offset), bytes: part })
      if (!taken.ok) throw new Error(taken.refusal.message)
      return attachmentOf(taken.value.attachment)
    },
    state: async (attachmentId) => attachmentOf((await client.portal.upload({ attachmentId })).attachment),
  }
}
