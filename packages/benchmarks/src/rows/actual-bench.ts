import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fromMinorUnits, matchLines, matchPolicy } from '@recon/core'
import { seededRandom } from '../labelled/seeded-random.ts'
import { measuredProcess } from '../measured-process.ts'
import { median } from '../side-by-side.ts'

const peer = '@actual-app/api@26.9.0'
const peerScript = fileURLToPath(new URL('../peers/actual-import.mjs', import.meta.url))

interface PeerRow {
  readonly id: string
  readonly entryDate: string
  readonly lineDate: string
  readonly minor: number
  readonly payee: string
}

/** Payments booked on a day and on the statement a day later, with the payee's name and no reference: what a budget app matches. */
function peerRows(size: number): readonly PeerRow[] {
  const random = seededRandom(11)
  const dayOf = (day: number) => `2026-11-${String(day).padStart(2, '0')}`
  return Array.from({ length: size }, (_, at) => {
    const day = random.between(1, 20)
    return {
      id: `b${at}`,
      entryDate: dayOf(day),
      lineDate: dayOf(day + 1),
      minor: -random.between(100, 9_000_000),
      payee: `Payee ${random.between(1, 400)}`,
    }
  })
}

function ours(rows: readonly PeerRow[]): { readonly milliseconds: number; readonly joined: number } {
  const usd = (minor: number) => fromMinorUnits(BigInt(minor), 'USD')
  const input = {
    bankLines: rows.map(({ id, lineDate, minor, payee }) => ({
      id,
      bookingDate: lineDate,
      amount: usd(minor),
      status: 'POSTED' as const,
      counterparty: { name: payee },
      references: {},
    })),
    bookEntries: rows.map(({ id, entryDate, minor, payee }) => ({
      id: `e${id}`,
      date: entryDate,
      amount: usd(minor),
      kind: 'PAYMENT' as const,
      counterparty: { name: payee },
      references: {},
    })),
  }
  const start = performance.now()
  const { stats } = matchLines(input, matchPolicy())
  return { milliseconds: performance.now() - start, joined: stats.proposed }
}

/**
 * Row 3's peer: the matcher of Actual, in its own process. It is installed into a folder of its own for the run, because it
 * compiles an addon; `RECON_PEER_NODE` names another Node where the addon was built for another version.
 */
export async function actualBench(sizes: readonly number[], rounds: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'recon-actual-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{"private":true}')
    execFileSync('npm', ['install', '--no-audit', '--no-fund', peer], { cwd: folder, stdio: 'ignore' })
    const table = [
      '| rows a side | recon ms, median | joined | Actual ms, median | joined | ours / theirs |',
      '|---|---|---|---|---|---|',
    ]
    for (const size of sizes) {
      const rows = peerRows(size)
      const file = join(folder, `rows-${size}.json`)
      writeFileSync(file, JSON.stringify(rows))
      const own: { milliseconds: number; joined: number }[] = []
      const theirs: { milliseconds: number; joined: number }[] = []
      for (let round = 0; round < rounds; round++) {
        own.push(ours(rows))
        const data = mkdtempSync(join(folder, 'data-'))
        const node = process.env.RECON_PEER_NODE ?? process.execPath
        const { output } = await measuredProcess(node, [peerScript, folder, data, file], { keep: true })
        theirs.push(JSON.parse(/RESULT (.+)/.exec(output)?.[1] ?? '{}'))
      }
      const ms = (runs: readonly { milliseconds: number }[]) => median(runs.map((run) => run.milliseconds))
      table.push(
        `| ${size} | ${ms(own).toFixed(0)} | ${own[0]?.joined} | ${ms(theirs).toFixed(0)} | ${theirs[0]?.joined} | ${(ms(own) / ms(theirs)).toFixed(4)} |`,
      )
    }
    return table.join('\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
