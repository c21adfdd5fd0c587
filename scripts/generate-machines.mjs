// Writes docs/machines.md from the transition tables. Run: node --conditions=recon-source scripts/generate-machines.mjs
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { machines } from '../packages/core/src/machine-catalogue.ts'
import { deskRoles, permissions, roles } from '../packages/core/src/review/permission.ts'

const cell = (text) => text.replaceAll('|', '\\|')

function table(head, rows) {
  const all = [head, ...rows].map((row) => row.map(cell))
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)))
  const line = (row) => `| ${row.map((text, column) => text.padEnd(widths[column])).join(' | ')} |`
  return [line(all[0]), line(widths.map((width) => '-'.repeat(width))), ...all.slice(1).map(line)].join('\n')
}

function transitionsOf(machine) {
  return Object.entries(machine.table).flatMap(([from, events]) =>
    Object.entries(events).map(([event, to]) => ({ from, event, to })),
  )
}

function effectText({ type, ...fields }) {
  const details = Object.values(fields).join(' ')
  return details === '' ? `\`${type}\`` : `\`${type}\` ${details}`
}

function diagram(machine) {
  const starts = [machine.initial, ...(machine.alsoInitial ?? [])].map((state) => `  [*] --> ${state}`)
  const steps = transitionsOf(machine).map(({ from, event, to }) => `  ${from} --> ${to}: ${event}`)
  const ends = Object.keys(machine.table)
    .filter((state) => Object.keys(machine.table[state]).length === 0)
    .map((state) => `  ${state} --> [*]`)
  return ['```mermaid', 'stateDiagram-v2', ...starts, ...steps, ...ends, '```'].join('\n')
}

function section(machine) {
  const states = Object.entries(machine.states).map(([state, meaning]) => [`\`${state}\``, meaning])
  const rows = transitionsOf(machine).map(({ from, event, to }) => [
    `\`${from}\``,
    `\`${event}\``,
    `\`${to}\``,
    (machine.guards?.[event] ?? []).map((guard) => `\`${guard.code}\``).join(', '),
    (machine.effects?.[event] ?? []).map(effectText).join(', '),
  ])
  const events = Object.entries(machine.events).map(([event, meaning]) => [`\`${event}\``, meaning])
  const guards = new Map(
    Object.values(machine.guards ?? {}).flatMap((list) => list.map((guard) => [guard.code, guard.says])),
  )
  const refusals = [...guards].map(([code, says]) => [`\`${code}\``, says])
  return [
    `## ${machine.name}`,
    machine.about,
    diagram(machine),
    table(['state', 'meaning'], states),
    table(['event', 'what happened'], events),
    table(['from', 'event', 'to', 'refused with', 'effects'], rows),
    ...(refusals.length === 0 ? [] : [table(['refusal', 'what is missing'], refusals)]),
  ].join('\n\n')
}

function rightsTable(rights) {
  return table(
    ['right', ...roles],
    Object.entries(rights).map(([right, allowed]) => [
      `\`${right}\``,
      ...roles.map((role) => (allowed.includes(role) ? 'yes' : '')),
    ]),
  )
}

/** The whole document, ending with a newline. */
export function machinesDocument() {
  const intro = [
    '# Machines',
    'Generated from the transition tables by `node --conditions=recon-source scripts/generate-machines.mjs`. Do not edit.',
    'Every pair of state and event that is not in a table is refused with `EVENT_NOT_ALLOWED` and changes nothing. A guard refuses with its own code and names the ids that stand in the way. Effects are data: the host carries them out in the same transaction or from a job.',
    machines.map((machine) => `- [${machine.name}](#${machine.name}): ${machine.about}`).join('\n'),
  ]
  const who = [
    '## Who may do what',
    'The one table of rights (`permissions`). A right that is not in the column of one of a person’s roles is refused with `FORBIDDEN`. `SYSTEM` is the engine and its workers; it is never given to a person.',
    rightsTable(permissions),
    'Roles count only at the desks they may open (`deskRoles`):',
    rightsTable(deskRoles),
  ]
  return `${[...intro, ...machines.map(section), ...who].join('\n\n')}\n`
}

if (process.argv[1] !== undefined && import.meta.filename === resolve(process.argv[1])) {
  writeFileSync(resolve(import.meta.dirname, '../docs/machines.md'), machinesDocument())
}
