import { expect, it } from 'vitest'
import { frameRate } from './frame-rate.ts'

it('matches in a web worker while the page draws', async () => {
  const { frames, progress, items, automatic, automaticOnThePage } = await frameRate(6000)
  expect(items).toBe(6000)
  expect(automatic).toBe(automaticOnThePage)
  expect(automatic).toBeGreaterThan(5000)
  expect(progress).toBeGreaterThan(5)
  expect(frames).toBeGreaterThan(10)
}, 120_000)
