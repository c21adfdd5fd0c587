import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

const skipped = new Set(['node_modules', 'dist', 'storybook-static', 'coverage', 'data', '.vite'])

/** Every file below a folder, as paths relative to the repository root. */
export function filesUnder(folder: string): string[] {
  const found: string[] = []
  for (const entry of readdirSync(resolve(root, folder), { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) found.push(...filesUnder(path))
    else found.push(relative(root, resolve(root, path)))
  }
  return found
}

export function read(path: string): string {
  return readFileSync(resolve(root, path), 'utf8')
}

export const isTestOrStory = (path: string): boolean =>
  /\.(test|stories|test-d)\.tsx?$/.test(path) || path.includes('/e2e/')

/** TypeScript sources of the published packages and the examples, tests and stories left out. */
export const sources: readonly string[] = ['packages', 'examples']
  .flatMap(filesUnder)
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts') && !isTestOrStory(path) && path.includes('/src/'))

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"\n;]*?(?:\n[^'"\n;]*?){0,80}?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g

/** What a file imports, static or dynamic. */
export function importsOf(path: string): string[] {
  return [...read(path).matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

export const nameOf = (path: string): string => basename(path)
