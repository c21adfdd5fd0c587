import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scenarios } from '@recon/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from './command-line.ts'
import { capturedIo } from './testing/captured-io.ts'

const samples = join(import.meta.dirname, '../../../examples/workbench/samples')
const sample = (name: string) => join(samples, name)
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recon-match-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function recon(...words: string[]) {
  const io = capturedIo()
  const code = await runCommandLine(words, io, '0.0.0')
  return { code, ...io.written() }
}
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const minor = (amount: string) => BigInt(amount.replace('.', ''))

const bankHead = 'id,bookingDate,amount,currency,endToEndId,instrument\n'
const ledgerHead = 'id,date,amount,currency,paymentReference,instrument\n'

describe('recon match', () => {
  it('matches the sample day: every line in one item, every scenario present, the difference explained to the cent', async () => {
    const answer = await recon('match', '--bank', sample('bank-day.bai2'), '--ledger', sample('ledger.csv'), '--json')
    expect(answer.code).toBe(0)
    const result = JSON.parse(answer.out)
    const lines = result.items.flatMap((item: { bankLineIds: string[] }) => item.bankLineIds)
    expect(lines.length).toBe(420)
    expect(new Set(lines).size).toBe(420)
    const seen = new Set(result.items.map((item: { scenario: string }) => item.scenario))
    expect([...scenarios].filter((scenario) => !seen.has(scenario))).toEqual([])
    for (const proof of result.proofs) {
      const causes = proof.causes.reduce(
        (sum: bigint, cause: { amount: { amount: string } }) => sum + minor(cause.amount.amount),
        0n,
      )
      expect(causes).toBe(minor(proof.difference.amount))
      expect(minor(proof.difference.amount)).toBe(minor(proof.bankTotal.amount) - minor(proof.bookTotal.amount))
      expect(proof.unexplained.amount).toBe('0.00')
    }
    const [link] = result.links
    expect(Object.keys(link)).toEqual(
      expect.arrayContaining([
        'bank',
        'ledger',
        'status',
        'rank',
        'kind',
        'pass',
        'scenario',
        'confidence',
        'evidence',
      ]),
    )
    expect(result.links.every((each: { rank: number }) => each.rank >= 1)).toBe(true)
  })

  it('finds in camt.053 what it finds in BAI2', async () => {
    const pairs = async (name: string) => {
      const { out } = await recon('match', '--bank', sample(name), '--ledger', sample('ledger.csv'), '--json')
      const result: { items: { bankLineIds: string[] }[]; links: { status: string; ledger: string[] }[] } =
        JSON.parse(out)
      const automatic = result.links.filter((link) => link.status === 'AUTO').map((link) => link.ledger.join())
      return { lines: result.items.flatMap((item) => item.bankLineIds).length, automatic: automatic.sort() }
    }
    const [bai2, camt] = [await pairs('bank-day.bai2'), await pairs('bank-day.camt053.xml')]
    expect(camt.lines).toBe(bai2.lines)
    const missing = bai2.automatic.filter((id) => !camt.automatic.includes(id))
    expect(missing.length).toBeLessThan(bai2.automatic.length * 0.1)
  })

  it('prints what a person can check', async () => {
    const answer = await recon('match', sample('bank-day.bai2'), sample('ledger.csv'))
    expect(answer.code).toBe(0)
    for (const words of ['Auto-reconciled', 'Sweep', 'Proof USD', 'Proof EUR', 'explained to the minor unit']) {
      expect(answer.out).toContain(words)
    }
    expect(answer.out).not.toContain('NOT EXPLAINED')
  })

  it('gives the automatic pairs alone', async () => {
    const bank = file(
      'pairs-bank.csv',
      `${bankHead}b1,2026-11-20,-10.00,USD,INV-77120,WIRE\nb2,2026-11-20,-11.00,USD,X1,WIRE\n`,
    )
    const ledger = file('pairs-ledger.csv', `${ledgerHead}"l,1",2026-11-19,-10.00,USD,INV-77120,WIRE\n`)
    const answer = await recon('match', '--bank', bank, '--ledger', ledger, '--pairs-only')
    expect(answer).toMatchObject({ code: 0, out: 'bank,ledger\nb1,"l,1"\n' })
  })

  it('writes a folder that says the same as --json', async () => {
    const out = join(folder, 'result')
    const words = ['match', '--bank', sample('bank-day.bai2'), '--ledger', sample('ledger.csv')]
    await recon(...words, '--out', out)
    expect(readdirSync(out).sort()).toEqual([
      'exceptions.csv',
      'links.csv',
      'open-ledger.csv',
      'proof.csv',
      'result.json',
    ])
    const { out: json } = await recon(...words, '--json')
    expect(JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))).toEqual(JSON.parse(json))
    expect(readFileSync(join(out, 'exceptions.csv'), 'utf8')).toContain('FAILED_PAYMENT')
  })

  it('lets no text become a formula, and no amount become text', async () => {
    const bank = file('formula-bank.csv', `${bankHead}=1+1,2026-11-20,-10.00,USD,@SUM(A1),WIRE\n`)
    const ledger = file('formula-ledger.csv', `${ledgerHead}l1,2026-11-19,99.00,USD,other,WIRE\n`)
    const out = join(folder, 'formula')
    await recon('match', '--bank', bank, '--ledger', ledger, '--out', out)
    const exceptions = readFileSync(join(out, 'exceptions.csv'), 'utf8')
    expect(exceptions).toContain("'=1+1")
    expect(exceptions).toContain("'@SUM(A1)")
    expect(exceptions).toContain(',-10.00,')
  })
})

describe('recon match on bad input', () => {
  it('reports unreadable rows with their line and matches the others', async () => {
    const answer = await recon(
      ...['match', '--bank', sample('messy-bank.csv'), '--ledger', sample('messy-ledger.csv')],
      ...['--map', sample('messy-map.json'), '--json'],
    )
    expect(answer.code).toBe(0)
    const { warnings, stats } = JSON.parse(answer.out)
    const at = (name: string) => warnings.filter((warning: { file: string }) => warning.file === name)
    expect(at('messy-bank.csv').map((warning: { line: number }) => warning.line)).toEqual(
      expect.arrayContaining([49, 50, 51]),
    )
    expect(at('messy-ledger.csv').map((warning: { code: string }) => warning.code)).toEqual(
      expect.arrayContaining(['DATE_INVALID', 'AMOUNT_INVALID', 'DUPLICATE_ID']),
    )
    expect(stats).toMatchObject({ bankLines: 45 })
    expect(answer.err).toContain('messy-bank.csv:49')
  })

  it.each([
    ['an empty ledger', () => ['--bank', sample('bank-day.bai2'), '--ledger', file('empty.csv', '')]],
    ['an empty bank file', () => ['--bank', file('empty.bai2', ''), '--ledger', sample('ledger.csv')]],
    ['a bank file as ledger', () => ['--bank', sample('bank-day.bai2'), '--ledger', sample('bank-day.bai2')]],
    ['a folder', () => ['--bank', folder, '--ledger', sample('ledger.csv')]],
    [
      'a policy that is no JSON',
      () => ['--bank', sample('bank-day.bai2'), '--ledger', sample('ledger.csv'), '--policy', file('p.json', '{')],
    ],
    [
      'a policy with an unknown setting',
      () => [
        '--bank',
        sample('bank-day.bai2'),
        '--ledger',
        sample('ledger.csv'),
        '--policy',
        file('q.json', '{"nonsense":1}'),
      ],
    ],
    [
      'a mapping that maps nothing',
      () => [
        '--bank',
        sample('messy-bank.csv'),
        '--ledger',
        sample('ledger.csv'),
        '--map',
        file('m.json', '{"bank":{"columns":{}}}'),
      ],
    ],
    [
      'the same bank file twice',
      () => ['--bank', sample('bank-day.bai2'), sample('bank-day.bai2'), '--ledger', sample('ledger.csv')],
    ],
    [
      'a result folder that is a file',
      () => ['--bank', sample('bank-day.bai2'), '--ledger', sample('ledger.csv'), '--out', file('taken', 'x')],
    ],
  ])('refuses %s with exit code 1 and one error object', async (_, words) => {
    const answer = await recon('match', ...words(), '--json')
    expect(answer.code).toBe(1)
    const { error } = JSON.parse(answer.out)
    expect(error.code).toMatch(/^[A-Z_]+$/)
    expect(error.code).not.toBe('INTERNAL')
    expect(error.message.length).toBeGreaterThan(10)
  })
})
