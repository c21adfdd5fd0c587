import type { Client, PortalItem } from '@recon/client'
import { ReconError } from '@recon/core'
import { useMemo } from 'react'
import type { DraftStore, SaveOutcome } from '../client-portal/answer-autosave.ts'
import { ClientPortal, PortalGone } from '../client-portal/client-portal.tsx'
import type { UploadMemory } from '../client-portal/device-uploads.ts'
import {
  noAnswer,
  type PortalAnswer,
  type PortalAttachment,
  type PortalLine,
  type PortalRequest,
} from '../client-portal/portal-answer.ts'
import type { PortalTransport } from '../client-portal/use-client-portal.ts'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import { LoadingRows } from '../parts/screen-state.tsx'
import { useConnection } from './client-root.tsx'
import { useQuery } from './query-store.ts'

export interface PortalScreenProps {
  /** Where texts that are not acknowledged yet are kept; this device's own storage where absent. */
  readonly drafts?: DraftStore
  /** Where unfinished uploads are remembered; this device's own storage where absent. */
  readonly uploads?: UploadMemory
}

/** The client's page, fed by the backend that set the session cookie of the magic link. */
export function PortalScreen({ drafts, uploads }: PortalScreenProps = {}) {
  const { client, store } = useConnection()
  const request = useQuery(store, 'portal/request', () => client.portal.request())
  const transport = useMemo(() => portalTransport(client), [client])
  const shown = useMemo(() => (request.data === undefined ? null : portalRequest(request.data)), [request.data])
  if (request.error !== null && shown === null) return <PortalGone why={goneBecause(request.error)} />
  if (shown === null) return <LoadingRows rows={5} />
  return (
    <ErrorBoundary fallback={() => <PortalGone why="FAILED" />}>
      <ClientPortal
        request={shown}
        transport={transport}
        scope={`${shown.clientLegalName}:${shown.expiresAt}`}
        {...(drafts === undefined ? {} : { drafts })}
        {...(uploads === undefined ? {} : { uploads })}
      />
    </ErrorBoundary>
  )
}

function goneBecause(error: unknown): 'EXPIRED' | 'REPLACED' | 'SIGNED_OUT' | 'FAILED' {
  if (!ReconError.is(error)) return 'FAILED'
  const reason = String(error.details?.refusal ?? error.message)
  if (error.code === 'FORBIDDEN')
    return reason.includes('REVOKED') || reason.includes('replaced') ? 'REPLACED' : 'EXPIRED'
  return error.code === 'UNAUTHENTICATED' ? 'SIGNED_OUT' : 'FAILED'
}

type RequestData = Awaited<ReturnType<Client['portal']['request']>>

function portalRequest(data: RequestData): PortalRequest {
  const { fileBytes, partBytes, contentTypes } = data.limits
  return { ...data, limits: { fileBytes, partBytes, contentTypes }, lines: data.items.map(portalLine) }
}

function portalLine(item: PortalItem): PortalLine {
  return {
    id: item.id,
    version: item.version,
    date: item.date,
    amount: item.amount,
    description: item.description,
    answer: answerOf(item),
    sent: item.status === 'CLIENT_RESPONDED',
    settled: item.status === 'RESOLVED',
    pushedBack: item.response?.status === 'PUSHED_BACK',
    attachments: item.attachments,
    ...(item.question === undefined ? {} : { question: item.question }),
  }
}

function answerOf(item: PortalItem): PortalAnswer {
  const { response } = item
  if (response === undefined) return noAnswer
  const { kind, category, note, attachmentIds } = response
  return {
    attachmentIds,
    ...(kind === undefined ? {} : { kind }),
    ...(category === undefined ? {} : { category }),
    ...(note === undefined ? {} : { note }),
  }
}

/** Saves and uploads over the client. Only what may pass by itself counts as unreachable; the rest is said to the person. */
export function portalTransport(client: Client): PortalTransport {
  return {
    save: async ({ lineId, version, answer, submit }) => {
      const { kind, category, note, attachmentIds } = answer
      try {
        const saved = await client.portal.answer({
          itemId: lineId,
          version,
          submit,
          attachmentIds: [...attachmentIds],
          ...(kind === undefined ? {} : { kind }),
          ...(category === undefined || category === '' ? {} : { category }),
          ...(note === undefined || note.trim() === '' ? {} : { note }),
        })
        if (!saved.ok) return { kind: 'REFUSED', message: saved.refusal.message }
        const { item } = saved.value
        return { kind: 'SAVED', version: item.version, answer, sent: item.status === 'CLIENT_RESPONDED' }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    begin: async ({ lineId, ...file }) => {
      const begun = await client.portal.beginUpload({ itemId: lineId, ...file })
      if (!begun.ok) return { id: '', fileName: file.fileName, size: file.size, received: 0, status: 'REFUSED' }
      return begun.value.attachment
    },
    part: async (attachmentId, offset, bytes): Promise<PortalAttachment> => {
      const sent = await client.portal.uploadPart({ attachmentId, offset: String(offset), bytes })
      if (!sent.ok) throw new ReconError('REQUEST_INVALID', sent.refusal.message)
      return sent.value.attachment
    },
    state: async (attachmentId) => (await client.portal.upload({ attachmentId })).attachment,
  }
}

function outcomeOf(error: unknown): SaveOutcome {
  if (!ReconError.is(error)) return { kind: 'UNREACHABLE' }
  const current = error.details?.current as PortalItem | undefined
  if (error.code === 'VERSION_CONFLICT' && current !== undefined) {
    return { kind: 'CONFLICT', version: current.version, answer: answerOf(current) }
  }
  return error.retryable || error.code === 'INTERNAL'
    ? { kind: 'UNREACHABLE' }
    : { kind: 'REFUSED', message: error.message }
}
