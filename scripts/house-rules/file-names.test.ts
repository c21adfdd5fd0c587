import { describe, expect, it } from 'vitest'
import { filesUnder, nameOf, read, sources } from './source-tree.ts'

describe('file names', () => {
  it('are unique over all packages, index.ts aside', () => {
    const byName = new Map<string, string[]>()
    for (const path of sources.filter((source) => source.startsWith('packages/'))) {
      const name = nameOf(path).replace(/\.tsx?$/, '')
      if (name !== 'index') byName.set(name, [...(byName.get(name) ?? []), path])
    }
    expect([...byName.values()].filter((paths) => paths.length > 1)).toEqual([])
  })

  it('say what is inside', () => {
    const vague = sources.filter((path) =>
      /(^|\/)(utils?|types|helpers?|common|shared|misc|constants)(\/|\.tsx?$)/.test(path),
    )
    expect(vague).toEqual([])
  })

  it('are in kebab-case', () => {
    const wrong = sources.filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.tsx?$/.test(nameOf(path)))
    expect(wrong).toEqual([])
  })

  it('hold no more than a reader does', () => {
    const long = sources
      .filter(
        (path) =>
          path.startsWith('packages/') && !path.startsWith('packages/benchmarks/') && nameOf(path) !== 'index.ts',
      )
      .map((path) => ({ path, lines: read(path).split('\n').length }))
      .filter(({ lines }) => lines > 350)
    expect(long).toEqual([])
  })
})

describe('the glossary', () => {
  const rows = read('docs/glossary.md')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| term') && !line.startsWith('| ---'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const known = new Set(['packages', 'examples', 'scripts', 'docs'].flatMap(filesUnder))

  it('names only files that exist', () => {
    const missing = rows
      .flatMap((cells) => [...(cells[2] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''))
      .filter((path) => !known.has(path))
    expect(rows.length).toBeGreaterThan(20)
    expect(missing).toEqual([])
  })

  it('has every term once, in alphabetical order', () => {
    const terms = rows.map((cells) => (cells[1] ?? '').toLowerCase())
    expect(terms).toEqual([...new Set(terms)].sort((a, b) => a.localeCompare(b, 'en')))
  })
})
