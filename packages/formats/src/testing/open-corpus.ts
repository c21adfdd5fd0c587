import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ReconError } from '@recon/core'
import type { ParseOptions, ParseResult } from '../parse-result.ts'
import { parseStatement } from '../parse-statement.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../../../shared/corpus')

export interface CorpusFile<Facts> {
  readonly file: string
  readonly bytes: Uint8Array
  /** parse: loads and every fact holds; refuse: refused; flag: refused, or loaded with a warning. */
  readonly expect: 'parse' | 'refuse' | 'flag'
  readonly facts: Facts
}

/** The real files beside the repository, or undefined where they are not: tests then say so and skip. */
export function openCorpus<Facts>(format: string): CorpusFile<Facts>[] | undefined {
  const folder = join(root, format)
  if (!existsSync(join(folder, 'manifest.json'))) return undefined
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    files: { file: string; expect: 'parse' | 'refuse' | 'flag'; expected: Record<string, { value: unknown }> }[]
  }
  return manifest.files.map(({ file, expect, expected }) => ({
    file,
    bytes: new Uint8Array(readFileSync(join(folder, file))),
    expect,
    facts: Object.fromEntries(Object.entries(expected).map(([name, fact]) => [name, fact.value])) as Facts,
  }))
}

export type CorpusOutcome =
  | { readonly outcome: 'loaded'; readonly result: ParseResult }
  | { readonly outcome: 'refused'; readonly error: ReconError }

/** Reads one file; any error that is no ReconError is thrown on. */
export async function outcomeOf(bytes: Uint8Array, options: ParseOptions = {}): Promise<CorpusOutcome> {
  try {
    return { outcome: 'loaded', result: await parseStatement(bytes, { batches: 'bookings', ...options }) }
  } catch (error) {
    if (ReconError.is(error)) return { outcome: 'refused', error }
    throw error
  }
}

/**
 * Files that do not behave as their manifest says: the file's name, and what of it fails. Empty when all do.
 * @param check the facts that do not hold for a loaded file, in words
 */
export async function corpusFailures<Facts>(
  files: readonly CorpusFile<Facts>[],
  check: (result: ParseResult, facts: Facts, file: CorpusFile<Facts>) => Promise<string[]> | string[],
): Promise<Record<string, string>> {
  const failures: Record<string, string> = {}
  for (const file of files) {
    const read = await outcomeOf(file.bytes)
    if (file.expect === 'parse') {
      if (read.outcome === 'refused') failures[file.file] = `refused: ${read.error.message}`
      else {
        const wrong = await check(read.result, file.facts, file)
        if (wrong.length > 0) failures[file.file] = wrong.join('; ')
      }
    } else if (read.outcome === 'loaded' && (file.expect === 'refuse' || read.result.warnings.length === 0))
      failures[file.file] = file.expect === 'refuse' ? 'loaded, should be refused' : 'loaded without a warning'
  }
  return failures
}

/** Compares one fact; returns the difference in words. */
export function differs(name: string, found: unknown, expected: unknown): string[] {
  const left = JSON.stringify(found)
  const right = JSON.stringify(expected)
  return left === right ? [] : [`${name} is ${left}, should be ${right}`]
}
