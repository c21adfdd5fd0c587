/** What every grid of the comparison gives the measuring page. */
export interface MeasuredGrid<Row> {
  readonly name: string
  readonly rows: (count: number) => readonly Row[]
  readonly mount: (rows: readonly Row[]) => void
  readonly isMounted: () => boolean
  readonly scroller: () => Element | null
  readonly sort: (column: 'amount' | 'name') => void
  readonly firstRow: () => string
}

export interface GridFigures {
  readonly mount: number
  readonly sortAmount: number
  readonly sortName: number
  readonly scrollP95: number
  readonly longestFrame: number
}

declare global {
  interface Window {
    runGrid?: (count: number) => Promise<GridFigures>
  }
}

/** After the next frame was painted. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => resolve()
      channel.port2.postMessage(null)
    })
  })
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('The grid did not change within a minute.')
    await painted()
  }
}

async function timed(work: () => void, done: () => boolean): Promise<number> {
  const start = performance.now()
  work()
  await until(done)
  return performance.now() - start
}

async function scrollFrames(scroller: Element): Promise<readonly number[]> {
  const frames: number[] = []
  let last = performance.now()
  for (let step = 0; step < 120; step++) {
    scroller.scrollTop += step % 10 === 9 ? 20_000 : 400
    await painted()
    const now = performance.now()
    frames.push(now - last)
    last = now
  }
  return frames.sort((left, right) => left - right)
}

/** Puts the measurement of one grid on the page, for the driver to call. */
export function measureGrid<Row>(grid: MeasuredGrid<Row>): void {
  window.runGrid = async (count) => {
    const rows = grid.rows(count)
    await painted()
    const mount = await timed(() => grid.mount(rows), grid.isMounted)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const before = grid.firstRow()
    const sortAmount = await timed(
      () => grid.sort('amount'),
      () => grid.firstRow() !== before,
    )
    const between = grid.firstRow()
    const sortName = await timed(
      () => grid.sort('name'),
      () => grid.firstRow() !== between,
    )
    const scroller = grid.scroller()
    if (scroller === null) throw new Error(`${grid.name} has no element that scrolls.`)
    const frames = await scrollFrames(scroller)
    return {
      mount,
      sortAmount,
      sortName,
      scrollP95: frames[Math.floor(frames.length * 0.95)] ?? 0,
      longestFrame: frames.at(-1) ?? 0,
    }
  }
}
