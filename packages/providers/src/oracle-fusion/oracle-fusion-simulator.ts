import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { exactNumber, parseExactJson } from '../exact-json.ts'
import {
  createSimulator,
  jsonResponse,
  memoryOf,
  type SimulatedRequest,
  type SimulatedResponse,
  type Simulator,
  type SimulatorMemory,
} from '../testing/simulator.ts'
import { base64OfBytes } from '../webhook-signature.ts'

export interface OracleFusionSimulator extends Simulator {
  /** Reference of the reconciliation per record, keyed `SOURCE:id:line`. */
  readonly reconciled: ReadonlyMap<string, string>
  readonly addExternalTransaction: (transaction: {
    id: string
    amount: string
    date: string
    currency?: string
    status?: string
  }) => void
  /** The records Fusion knows: an import that names another is refused row by row. */
  readonly addRecord: (key: string) => void
  /** Takes each waiting job one step: to running, then to its end. */
  readonly runJobs: () => void
  /** Rows a page holds at most, whatever is asked for. */
  readonly serverLimit: (rows: number) => void
  readonly remember: () => SimulatorMemory
}

interface Job {
  readonly id: string
  readonly rows: readonly (readonly string[])[]
  status: 'WAIT' | 'RUNNING' | 'SUCCEEDED' | 'WARNING'
  failed: readonly string[]
}

interface State {
  readonly transactions: { id: string; amount: string; date: string; currency: string; status: string }[]
  readonly records: Set<string>
  readonly reconciled: Map<string, string>
  readonly jobs: Map<string, Job>
  limit: number
}

/** Oracle Fusion as the adapter meets it: jobs that end later, row errors in an output file, pages shorter than asked for. */
export function createOracleFusionSimulator(
  options: { readonly resume?: SimulatorMemory } = {},
): OracleFusionSimulator {
  const state: State = {
    transactions: [],
    records: new Set(),
    reconciled: new Map(),
    jobs: new Map(),
    limit: 499,
    ...structuredClone(options.resume ?? {}),
  }
  return {
    ...createSimulator((request) => handle(state, request)),
    reconciled: state.reconciled,
    addExternalTransaction: (given) => void state.transactions.push({ currency: 'USD', status: 'UNR', ...given }),
    addRecord: (key) => void state.records.add(key),
    runJobs: () => {
      for (const job of state.jobs.values()) advance(state, job)
    },
    serverLimit: (rows) => {
      state.limit = rows
    },
    remember: () => memoryOf(state, []),
  }
}

const keyOf = ([, account = '', source = '', id = '', line = '']: readonly string[]): string =>
  source === 'BS' ? `BS:${account}:${id}` : `${source}:${id}:${line}`

function advance(state: State, job: Job): void {
  if (job.status === 'WAIT') job.status = 'RUNNING'
  else if (job.status === 'RUNNING') finish(state, job)
}

function finish(state: State, job: Job): void {
  const problems = job.rows.map((row) => {
    const key = keyOf(row)
    return !state.records.has(key)
      ? 'The transaction does not exist.'
      : state.reconciled.has(key)
        ? 'The transaction is already reconciled.'
        : ''
  })
  const bad = new Set(job.rows.filter((_, index) => problems[index] !== '').map((row) => row[0]))
  for (const row of job.rows) if (!bad.has(row[0])) state.reconciled.set(keyOf(row), row[0] ?? '')
  job.failed = job.rows.flatMap((row, index) =>
    problems[index] === '' ? [] : [`${row.join(',')},ERROR,${problems[index]}`],
  )
  job.status = job.failed.length > 0 ? 'WARNING' : 'SUCCEEDED'
}

function handle(state: State, request: SimulatedRequest): SimulatedResponse {
  if (!request.headers.get('authorization')) return { status: 401, body: 'Unauthorized' }
  const path = request.url.pathname.split('/').at(-1)
  if (path === 'cashExternalTransactions' && request.method === 'GET')
    return listTransactions(state, request.url.searchParams)
  if (path !== 'erpintegrations')
    return { status: 404, headers: { 'Content-Type': 'text/plain' }, body: 'The requested resource does not exist.' }
  return request.method === 'POST'
    ? importData(state, request)
    : jobAnswer(state, request.url.searchParams.get('finder') ?? '')
}

function listTransactions(state: State, parameters: URLSearchParams): SimulatedResponse {
  const offset = Number(parameters.get('offset') ?? 0)
  const limit = Math.min(Number(parameters.get('limit') ?? 25), state.limit)
  const rows = state.transactions.slice(offset, offset + limit)
  const items = rows.map((row) => ({
    ExternalTransactionId: Number(row.id),
    Amount: exactNumber(row.amount),
    CurrencyCode: row.currency,
    TransactionDate: row.date,
    Status: row.status,
  }))
  return jsonResponse({
    items,
    count: items.length,
    hasMore: offset + items.length < state.transactions.length,
    limit,
    offset,
    links: [],
  })
}

function importData(state: State, request: SimulatedRequest): SimulatedResponse {
  const body = parseExactJson(request.text, 'simulator') as {
    OperationName?: string
    DocumentContent?: string
    JobName?: string
  }
  if (body.OperationName !== 'importBulkData' || !body.JobName?.includes(',')) {
    return jsonResponse(
      {
        title: 'Bad Request',
        status: '400',
        'o:errorDetails': [
          { detail: 'The operation or job name is not valid.', 'o:errorCode': 'JBO-27024', 'o:errorPath': 'JobName' },
        ],
      },
      400,
    )
  }
  const files = unzipSync(Uint8Array.from(atob(body.DocumentContent ?? ''), (character) => character.charCodeAt(0)))
  const [, ...lines] = Object.values(files)
    .map((file) => strFromU8(file))
    .join('')
    .trim()
    .split('\r\n')
  const id = String(300_000 + state.jobs.size)
  state.jobs.set(id, { id, rows: lines.map((line) => line.split(',')), status: 'WAIT', failed: [] })
  return jsonResponse({ OperationName: 'importBulkData', ReqstId: id }, 201, { 'x-oracle-dms-ecid': `ecid-${id}` })
}

function jobAnswer(state: State, finder: string): SimulatedResponse {
  const job = state.jobs.get(/requestId=(\d+)/.exec(finder)?.[1] ?? '')
  if (!job) return { status: 404, body: 'The job does not exist.' }
  if (finder.startsWith('ESSJobStatusRF'))
    return jsonResponse({ items: [{ ReqstId: job.id, RequestStatus: job.status }], count: 1, hasMore: false })
  const output = [
    'EXTERNAL_RECON_REFERENCE,BANK_ACCOUNT_ID,RECON_SOURCE_CODE,SOURCE_ID,SOURCE_LINE_ID,PROCESS_STATUS_CODE,PROCESS_ERROR_MESSAGE',
    ...job.failed,
  ].join('\r\n')
  const zip = zipSync({ 'output.csv': strToU8(output) })
  return jsonResponse({ items: [{ DocumentContent: base64OfBytes(zip) }], count: 1, hasMore: false })
}
