import { parseArgs } from 'node:util'
import { type Command, type CommandIo, exitCodes, type OptionValues, UsageProblem } from './command.ts'
import { commandHelp, generalHelp } from './command-help.ts'
import { commandNames, loadCommand } from './command-list.ts'
import { reportRefusal } from './input-refusal.ts'

/**
 * Lets an option that takes several values take them in a row: `--bank a.bai2 b.bai2` is `--bank a.bai2 --bank b.bai2`.
 */
export function spreadValues(command: Command, argv: readonly string[]): string[] {
  const spread: string[] = []
  let open: string | undefined
  let first = true
  for (const word of argv) {
    const name = word.startsWith('--') ? word.slice(2) : undefined
    if (name !== undefined || word.startsWith('-')) {
      open = name !== undefined && command.options[name]?.multiple === true ? word : undefined
      first = true
    } else if (open !== undefined) {
      if (!first) spread.push(open)
      first = false
    }
    spread.push(word)
  }
  return spread
}

interface ParsedWords {
  readonly values: OptionValues
  readonly positionals: readonly string[]
}

/** @throws UsageProblem with what is wrong */
export function parseWords(command: Command, argv: readonly string[]): ParsedWords {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, help: { type: 'boolean' as const } }).map(([name, option]) => [
      name,
      { type: option.type, ...('multiple' in option && option.multiple === true ? { multiple: true } : {}) },
    ]),
  )
  try {
    const { values, positionals } = parseArgs({
      args: spreadValues(command, argv),
      options,
      allowPositionals: true,
      strict: true,
    })
    if (positionals.length > command.positionals) {
      throw new UsageProblem(`"${positionals[command.positionals]}" is one word too many.`)
    }
    return { values: values as OptionValues, positionals }
  } catch (error) {
    if (error instanceof UsageProblem) throw error
    throw new UsageProblem(error instanceof Error ? (error.message.split('. To specify')[0] ?? '') : String(error))
  }
}

/** Runs `recon` with its words and answers the exit code. */
export async function runCommandLine(argv: readonly string[], io: CommandIo, version: string): Promise<number> {
  const [word, ...rest] = argv
  if (word === undefined || word === '--help' || word === '-h' || word === 'help') {
    const asked = word === 'help' && rest[0] !== undefined ? await loadCommand(rest[0]) : undefined
    await io.out(asked === undefined ? generalHelp(version) : commandHelp(asked))
    return word === undefined ? exitCodes.usage : exitCodes.ok
  }
  if (word === '--version' || word === '-v' || word === 'version') {
    await io.out(`${version}\n`)
    return exitCodes.ok
  }
  const command = await loadCommand(word)
  if (command === undefined) {
    io.err(`recon: "${word}" is no command. There are: ${commandNames.join(', ')}. See recon --help.\n`)
    return exitCodes.usage
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    await io.out(commandHelp(command))
    return exitCodes.ok
  }
  const json = rest.includes('--json')
  try {
    const { values, positionals } = parseWords(command, rest)
    return await command.run(values, positionals, io)
  } catch (error) {
    if (error instanceof UsageProblem) {
      io.err(`recon ${word}: ${error.message}\nusage: recon ${command.usage}\nSee recon ${word} --help.\n`)
      return exitCodes.usage
    }
    return reportRefusal(error, { json, io })
  }
}
