import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importsOf, sources } from './source-tree.ts'

const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  formats: ['core'],
  providers: ['core'],
  client: ['core'],
  server: ['core', 'client'],
  react: ['core', 'client'],
  cli: ['core', 'formats', 'providers', 'client', 'server'],
  benchmarks: ['core', 'formats', 'providers', 'client', 'server', 'react', 'cli'],
}

const coreOrder = ['money', 'records', 'references', 'matching', 'scenarios', 'review']
const coreMayImport: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(coreOrder.map((folder, index) => [folder, coreOrder.slice(0, index)])),
  tentative: coreOrder,
  portal: coreOrder,
  deposits: coreOrder,
  proof: coreOrder,
  writeback: [...coreOrder, 'proof'],
  collections: ['money', 'records', 'review', 'proof'],
}

const packageOf = (path: string): string => path.split('/')[1] ?? ''
const inPackages = sources.filter((path) => path.startsWith('packages/'))

describe('import directions', () => {
  it('point at core between packages', () => {
    const wrong = inPackages.flatMap((path) =>
      importsOf(path)
        .filter((name) => name.startsWith('@recon/'))
        .map((name) => name.split('/')[1] ?? '')
        .filter((name) => name !== packageOf(path) && !(mayImport[packageOf(path)] ?? []).includes(name))
        .map((name) => `${path} imports @recon/${name}`),
    )
    expect(wrong).toEqual([])
  })

  it('reach the client from react only in /connected', () => {
    const wrong = inPackages.filter(
      (path) =>
        path.startsWith('packages/react/src/') &&
        !path.startsWith('packages/react/src/connected/') &&
        importsOf(path).some((name) => name.startsWith('@recon/client')),
    )
    expect(wrong).toEqual([])
  })

  it('follow the flow of data inside core', () => {
    const wrong = inPackages
      .filter((path) => path.startsWith('packages/core/src/'))
      .flatMap((path) => {
        const folder = path.split('/')[3] ?? ''
        const allowed = coreMayImport[folder]
        if (allowed === undefined) return []
        return importsOf(path)
          .filter((name) => name.startsWith('.'))
          .map((name) => normalize(join(dirname(path), name)).split('/'))
          .filter((parts) => parts.length > 4 && parts[3] !== folder && !allowed.includes(parts[3] ?? ''))
          .map((parts) => `${path} imports ${parts.slice(3).join('/')}`)
      })
    expect(wrong).toEqual([])
  })

  it('keep input and output, the clock, React and the DOM out of core', () => {
    const wrong = inPackages
      .filter((path) => path.startsWith('packages/core/src/'))
      .flatMap((path) =>
        importsOf(path)
          .filter((name) => !name.startsWith('.') && name !== 'zod' && name !== 'decimal.js')
          .map((name) => `${path} imports ${name}`),
      )
    expect(wrong).toEqual([])
  })

  it('never go from a source file to a test', () => {
    const wrong = sources.flatMap((path) =>
      importsOf(path)
        .filter((name) => /\.test\.|\.stories\./.test(name))
        .map((name) => `${path} imports ${name}`),
    )
    expect(wrong).toEqual([])
  })
})
