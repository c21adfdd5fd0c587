import { describe, expect, it } from 'vitest'
import { UsageProblem } from './command.ts'
import { parseWords, runCommandLine, spreadValues } from './command-line.ts'
import { matchCommand } from './match-command.ts'
import { capturedIo } from './testing/captured-io.ts'

async function call(...words: string[]) {
  const io = capturedIo()
  const code = await runCommandLine(words, io, '1.2.3')
  return { code, ...io.written() }
}

describe('recon on the command line', () => {
  it('prints its version and its help', async () => {
    expect(await call('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' })
    const help = await call('--help')
    expect(help.code).toBe(0)
    for (const name of ['match', 'parse', 'serve', 'Exit codes']) expect(help.out).toContain(name)
  })

  it('prints the options of each command', async () => {
    for (const name of ['match', 'parse', 'serve', 'work', 'jobs', 'migrate', 'doctor']) {
      const help = await call(name, '--help')
      expect(help).toMatchObject({ code: 0, err: '' })
      expect(help.out).toContain(`usage: recon ${name}`)
      expect((await call('help', name)).out).toBe(help.out)
    }
  })

  it.each([
    [[]],
    [['reconcile']],
    [['match']],
    [['match', '--bank', 'a']],
    [['match', '--ledger', 'a']],
    [['match', '--bank', 'a', '--ledger', 'b', '--nonsense']],
    [['match', '--bank', 'a', '--ledger', 'b', '--json', '--pairs-only']],
    [['match', '--bank', 'a', '--ledger', 'b', '--policy', 'nonsense']],
    [['parse']],
    [['parse', 'a', 'b']],
    [['parse', 'a', '--format', 'pdf']],
    [['parse', 'a', '--date-order', 'XYZ']],
    [['serve']],
    [['serve', '--database', 'mysql://x']],
    [['work']],
    [['migrate']],
    [['doctor', 'word']],
    [['jobs', 'word']],
    [['serve', '--database', 'pglite://x', '--port', '70000']],
  ])('answers 2 when called as recon %j', async (words) => {
    const answer = await call(...words)
    expect(answer.code).toBe(2)
    if (words.length > 0) expect(answer.out).toBe('')
  })

  it('answers 1 for a file that is not there, as text and as JSON', async () => {
    const text = await call('parse', '/nowhere/statement.bai2')
    expect(text).toMatchObject({ code: 1, out: '' })
    expect(text.err).toContain('no such file')
    const json = await call('parse', '/nowhere/statement.bai2', '--json')
    expect(json.code).toBe(1)
    expect(JSON.parse(json.out)).toMatchObject({ error: { code: 'FILE_UNREADABLE' } })
  })
})

describe('the words of match', () => {
  it('takes several values in a row', () => {
    const spread = spreadValues(matchCommand, ['--bank', 'a', 'b', '--ledger', 'c', '--json'])
    expect(spread).toEqual(['--bank', 'a', '--bank', 'b', '--ledger', 'c', '--json'])
    const { values, positionals } = parseWords(matchCommand, ['--bank', 'a', 'b', '--ledger', 'c', 'd', '--json'])
    expect(values).toMatchObject({ bank: ['a', 'b'], ledger: ['c', 'd'], json: true })
    expect(positionals).toEqual([])
  })

  it('says what is wrong with them', () => {
    expect(() => parseWords(matchCommand, ['--bank'])).toThrow(UsageProblem)
    expect(() => parseWords(matchCommand, ['--jsn'])).toThrow(/--jsn/)
  })
})
