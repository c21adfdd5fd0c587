import type { Command } from './command.ts'
import { commandNames, commandSummaries } from './command-list.ts'

export function generalHelp(version: string): string {
  const names = commandNames.map((name) => `  ${name.padEnd(10)}${commandSummaries[name] ?? ''}`)
  return [
    `recon ${version}: reconcile money`,
    '',
    'usage: recon COMMAND [OPTIONS]',
    '',
    ...names,
    '',
    'recon COMMAND --help tells the options of a command; recon --version the version.',
    'Exit codes: 0 done, 1 the input was refused, 2 called wrongly.',
    '',
  ].join('\n')
}

export function commandHelp(command: Command): string {
  const rows = Object.entries(command.options).map(([name, option]) => {
    const value = option.value === undefined ? '' : ` ${option.value}`
    return { head: `--${name}${value}`, help: option.help }
  })
  const width = Math.max(...rows.map((row) => row.head.length), 6) + 2
  return [
    `recon ${command.name}: ${command.summary}`,
    '',
    `usage: recon ${command.usage}`,
    '',
    ...rows.map((row) => `  ${row.head.padEnd(width)}${row.help}`),
    `  ${'--help'.padEnd(width)}this text`,
    ...(command.details === undefined ? [] : ['', command.details]),
    '',
  ].join('\n')
}
