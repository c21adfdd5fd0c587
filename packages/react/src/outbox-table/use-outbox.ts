import { useMemo } from 'react'
import type { OutboxRow } from './outbox-table.tsx'

const unsent: ReadonlySet<OutboxRow['status']> = new Set(['PENDING', 'SENDING', 'UNKNOWN'])

/** The mails without markup: those that raise an alarm stand first, then the newest. */
export function useOutbox<Row extends OutboxRow>(rows: readonly Row[]) {
  return useMemo(() => {
    const alarms = rows.filter((row) => row.alarm)
    return {
      rows: [...alarms, ...rows.filter((row) => !row.alarm)],
      alarms: alarms.length,
      unsent: rows.filter((row) => unsent.has(row.status)).length,
    }
  }, [rows])
}

export type OutboxModel = ReturnType<typeof useOutbox>
