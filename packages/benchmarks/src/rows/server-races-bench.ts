import { openPostgresStore } from '../../../server/src/store/postgres-store.ts'
import { startEmbeddedServer } from '../../../server/src/testing/embedded-server.ts'
import { assertInvariants } from '../../../server/src/testing/invariants.ts'
import { raceForLines, raceForLinks } from '../../../server/src/testing/races.ts'
import { harnessUrl, reconHarness } from '../../../server/src/testing/recon-harness.ts'

/** Races on a real Postgres: 50 clicks on each of many links, two people for each of many lines. Fails where one is not won once. */
export async function serverRacesBench(links: number, lines: number): Promise<string> {
  const clicks = 50
  const server = await startEmbeddedServer()
  const harness = reconHarness(await openPostgresStore({ url: await server.newDatabase(), connections: 60 }), {
    portal: { url: harnessUrl, page: 'https://books.example/portal' },
    secret: 'r'.repeat(40),
  })
  try {
    const start = performance.now()
    const sessions = await raceForLinks(harness, 'links', links, clicks)
    const middle = performance.now()
    const matches = await raceForLines(harness, 'lines', lines)
    const end = performance.now()
    await assertInvariants(harness.store.db)
    const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(0)
    return [
      '| race | contenders at once | races | won | refused | seconds |',
      '|---|---|---|---|---|---|',
      `| one sign-in link | ${clicks} | ${links} | ${sessions.sessions} sessions | ${sessions.refused} | ${seconds(start, middle)} |`,
      `| one bank line | 2 people | ${lines} | ${matches.won} links | ${matches.lost} | ${seconds(middle, end)} |`,
    ].join('\n')
  } finally {
    await harness.close()
    await server.stop()
  }
}
