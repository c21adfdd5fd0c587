import { describe, expect, it } from 'vitest'
import { filesUnder, isTestOrStory, read } from './source-tree.ts'

const here = 'scripts/house-rules/plain-dealing.test.ts'
const code = ['packages', 'examples', 'scripts', '.storybook']
  .flatMap(filesUnder)
  .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && path !== here)
const texts = [
  ...code,
  ...filesUnder('docs').filter((path) => path.endsWith('.md')),
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
]

function places(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 100)}`] : [])),
  )
}

describe('plain dealing', () => {
  it('leaves no test out and none alone', () => {
    expect(places(code.filter(isTestOrStory), /\b(it|test|describe)\.(only|skip|todo|fails)\(/)).toEqual([])
  })

  it('silences no checker', () => {
    expect(places(code, /@ts-(ignore|nocheck)|eslint-disable|biome-ignore|\bas any\b/)).toEqual([])
  })

  it('has no unfinished business', () => {
    expect(places(code, /\b(TODO|FIXME)\b/)).toEqual([])
  })

  it('imports zod whole, so that bundles leave its locales out', () => {
    expect(places(code, /import \{[^}]*\bz\b[^}]*\} from 'zod'/)).toEqual([])
  })

  it('names no path of one machine', () => {
    expect(places(texts, /(^|[\s'"`(])\/(work|root|home|Users)\/[a-z]/)).toEqual([])
  })
})
