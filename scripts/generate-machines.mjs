// Writes docs/machines.md and docs/events.md from the tables of the rules.
// Run: node --conditions=recon-source scripts/generate-machines.mjs
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { activityCatalogue } from '../packages/core/src/activity-catalogue.ts'
import { effectCatalogue } from '../packages/core/src/effect-catalogue.ts'
import { machineActivity } from '../packages/core/src/machine-activity.ts'
import { machines } from '../packages/core/src/machine-catalogue.ts'
import { deskRoles, permissions, roles } from '../packages/core/src/review/permission.ts'
import { webhookCatalogue } from '../packages/core/src/webhook-catalogue.ts'

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
  const events = Object.entries(machine.events).map(([event, meaning]) => [
    `\`${event}\``,
    meaning,
    machineActivity[machine.name][event].map((name) => `\`${name}\``).join(', '),
  ])
  const guards = new Map(
    Object.values(machine.guards ?? {}).flatMap((list) => list.map((guard) => [guard.code, guard.says])),
  )
  const refusals = [...guards].map(([code, says]) => [`\`${code}\``, says])
  return [
    `## ${machine.name}`,
    machine.about,
    diagram(machine),
    table(['state', 'meaning'], states),
    table(['event', 'what happened', 'logged as'], events),
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
    'Every pair of state and event that is not in a table is refused with `EVENT_NOT_ALLOWED` and changes nothing. A guard refuses with its own code and names the ids that stand in the way; what else stands in the way is in `details.also`. Effects are data: the host carries them out in the same transaction or from a job. What each event is logged as, and what each effect asks for, is in [events](events.md).',
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

function examplePart(title, rows) {
  return [`## ${title}`, ...rows]
}

const asJson = (value) => ['```json', JSON.stringify(value, null, 2), '```'].join('\n')

/** Every activity event, outgoing event and effect, ending with a newline. */
export function eventsDocument() {
  const activity = [...activityCatalogue.values()]
  const topics = [...new Set(webhookCatalogue.map(({ topic }) => topic))]
  const parts = [
    '# Events and effects',
    'Generated from the catalogues by `node --conditions=recon-source scripts/generate-machines.mjs`. Do not edit.',
    'Every change of a subject is written as one activity event in the same transaction: who, when, which version, and which fields changed (`null` for a field that went). Replaying the events of a subject gives the subject. Each kind has a zod schema and an example in `activityCatalogue`; outgoing events have theirs in `webhookCatalogue`, effects in `effectCatalogue`.',
    ...examplePart('Activity events', [
      table(
        ['event', 'subject', 'meaning'],
        activity.filter(({ byHost }) => !byHost).map(({ name, subject, about }) => [`\`${name}\``, subject, about]),
      ),
      'A backend writes these into the same log; their data is its own:',
      table(
        ['event', 'subject', 'meaning'],
        activity.filter(({ byHost }) => byHost).map(({ name, subject, about }) => [`\`${name}\``, subject, about]),
      ),
      'One of them as it is stored:',
      asJson(activityCatalogue.get('review_item.flagged').example),
    ]),
    ...examplePart('Outgoing events', [
      'One subscription per topic. A transactable tells the same five events under the topic of its kind; `tentatively_reconciled` is the only one that comes without a change of state.',
      table(
        ['topic', 'event', 'meaning'],
        topics.flatMap((topic) =>
          webhookCatalogue
            .filter((entry) => entry.topic === topic)
            .map((entry) => [`\`${topic}\``, `\`${entry.event}\``, entry.about]),
        ),
      ),
      'The `data` of one of them:',
      asJson(webhookCatalogue.find(({ event }) => event === 'tentatively_reconciled').example),
    ]),
    ...examplePart('Effects', [
      'What a rule asks the host to do after a change, as data. Nothing is executed by the rules.',
      table(
        ['effect', 'what to do', 'example'],
        [...effectCatalogue.values()].map(({ type, about, example }) => {
          const { type: _type, ...fields } = example
          return [`\`${type}\``, about, Object.keys(fields).length === 0 ? '' : `\`${JSON.stringify(fields)}\``]
        }),
      ),
    ]),
  ]
  return `${parts.join('\n\n')}\n`
}

if (process.argv[1] !== undefined && import.meta.filename === resolve(process.argv[1])) {
  writeFileSync(resolve(import.meta.dirname, '../docs/machines.md'), machinesDocument())
  writeFileSync(resolve(import.meta.dirname, '../docs/events.md'), eventsDocument())
}
