/** Words of the payments desk. */
export interface PaymentsMessages {
  readonly title: string
  readonly tab: Readonly<Record<'OUTSTANDING' | 'RECONCILED' | 'UNRECEIVED', string>>
  readonly bucket: Readonly<Record<'UNIQUE' | 'PARTIAL' | 'NO_MATCH', string>>
  readonly bucketHint: Readonly<Record<'UNIQUE' | 'PARTIAL' | 'NO_MATCH', string>>
  readonly search: string
  readonly paymentAndDeposits: string
  readonly customer: string
  readonly deposit: (date: string, name: string) => string
  readonly forPayment: (payment: string) => string
  readonly showAllDeposits: string
  readonly allDeposits: (payment: string) => string
  readonly searchDeposits: string
  readonly noDeposits: string
  readonly more: (payment: string) => string
  readonly reconcileCount: (count: number) => string
  readonly reconciledByReference: (reference: string) => string
  readonly empty: Readonly<Record<'OUTSTANDING' | 'RECONCILED' | 'UNRECEIVED', string>>
  readonly emptyBucket: string
  readonly reference: string
  readonly referenceTitle: (payment: string) => string
}

export interface DepositSourceMessages {
  readonly fetched: (relative: string) => string
  readonly fetchedExact: (moment: string) => string
  readonly never: string
  readonly next: (time: string) => string
  readonly uploadOnly: string
  readonly refresh: string
  readonly refreshing: string
  readonly upload: string
  readonly reconcileUnique: string
  readonly reconcileUniqueHint: string
  readonly stale: { readonly title: (when: string) => string; readonly body: string }
  readonly failing: { readonly title: (when: string) => string; readonly body: string }
  readonly invalid: { readonly title: string; readonly body: string }
  readonly reconnecting: string
  readonly updateCredentials: string
}

export interface ImportMessages {
  readonly title: string
  readonly choose: string
  readonly dropHint: string
  readonly columns: string
  readonly reference: string
  readonly readFirst: string
  readonly preview: (shown: number, total: number) => string
  readonly problems: (count: number) => string
  readonly problemAt: (line: number, message: string) => string
  readonly run: (count: number) => string
  readonly importing: (done: number, total: number) => string
}
