// Runs one case of any type and says what is wrong with the outcome.
import { dayNumber, findLineTwins, matchLines, resolveCounterparty, zeroSumSet } from '../../packages/core/src/index.ts'
import { casePolicy, shift, toTolerance, toWindow } from './case-policy.mjs'
import { caseScale, toEntry, toLine, toMoney } from './case-records.mjs'

const same = (left, right) => JSON.stringify([...left].sort()) === JSON.stringify([...right].sort())
const shown = (link) =>
  `${link.status} ${link.bank.join('+')}=${link.ledger.join('+')}${link.twin ? ` ${link.twin}` : ''} (${link.reason})`

/** Links of a run: automatic ones and the best proposal of each item first, the other proposals behind. */
function linksOf(run, scale) {
  const links = []
  const seen = new Set()
  for (const item of run.items) {
    item.matches.forEach((match, rank) => {
      if (seen.has(match.id)) return
      seen.add(match.id)
      links.push({
        bank: match.bankLineIds,
        ledger: match.bookEntryIds,
        status: match.status,
        best: rank === 0,
        difference: Number(match.difference.amount) / 10 ** scale,
        allocations: match.allocations ?? [],
        reason: match.reason.code,
      })
    })
  }
  return links
}

function runMatch(testCase, over, order = (items) => items) {
  const scale = caseScale(testCase)
  const items = [...testCase.bank, ...testCase.ledger]
  const context = {
    base: testCase.options.currency === 'base',
    baseCurrencies: new Set(items.map((item) => item.baseCurrency).filter(Boolean)),
  }
  const usable = (item) => item !== undefined
  const bankLines = order(testCase.bank.map((item) => toLine(item, scale, context)).filter(usable))
  const bookEntries = order(testCase.ledger.map((item) => toEntry(item, scale, context)).filter(usable))
  return linksOf(matchLines({ bankLines, bookEntries }, casePolicy(testCase, scale, over)), scale)
}

const classes = { DUPLICATE: 'duplicate', PRECISE: 'precise', IMPRECISE: 'imprecise', REPLACES: 'replaces' }

function runDedupe(testCase, over) {
  const { options } = testCase
  const scale = caseScale(testCase)
  const imported = (item) => ({
    line: {
      ...toLine({ ...item, amount: item.amount ?? '0' }, scale, { base: false, baseCurrencies: new Set() }),
      amount: toMoney(item.amount, item.currency, scale),
      status: item.status === 'pending' ? 'PENDING' : 'POSTED',
    },
    bankId: item.externalId || undefined,
    pendingBankId: item.pendingExternalId || undefined,
    runningBalance: toMoney(item.runningBalance, item.currency, scale),
    feed: item.feed,
    linked: item.status === 'matched' || item.status === 'reconciled' || item.alreadyLinked === true,
  })
  const window = toWindow(options.dateWindow) ?? { maximum: 4, direction: 'EITHER', unit: 'CALENDAR' }
  const twins = findLineTwins(testCase.bank.map(imported), testCase.ledger.map(imported), {
    dateWindow: { minimum: 0, against: 0, ...window },
    tolerance: {
      fractionOf: 'ENTRY',
      combine: 'LARGER',
      inclusive: true,
      onlySameDay: false,
      ...toTolerance(options.amountTolerance, scale),
    },
    idBeyondWindow: over.deduplication?.idBeyondWindow ?? true,
    idsTellApart: options.strictIds !== false,
  })
  return twins.map((twin) => ({
    bank: [twin.newId],
    ledger: [twin.storedId],
    status: twin.twin === 'IMPRECISE' ? 'PROPOSED' : 'AUTO',
    best: true,
    twin: classes[twin.twin],
    allocations: [],
    reason: twin.twin,
  }))
}

function linkProblems(expected, links) {
  const problems = []
  for (const wanted of expected.links ?? []) {
    const found = links.find((link) => link.best && same(link.bank, wanted.bank) && same(link.ledger, wanted.ledger))
    const name = `${wanted.bank.join('+')}=${wanted.ledger.join('+')}`
    if (found === undefined) problems.push(`missing link ${name}`)
    else {
      if (wanted.auto === true && found.status !== 'AUTO') problems.push(`${name} must be automatic`)
      if (wanted.auto === false && found.status === 'AUTO') problems.push(`${name} must only be proposed`)
      if (wanted.difference !== undefined && Math.abs(found.difference - Number(wanted.difference)) > 1e-9)
        problems.push(`${name} differs by ${found.difference}, not ${wanted.difference}`)
      if (wanted.class !== undefined && found.twin !== wanted.class)
        problems.push(`${name} is ${found.twin}, not ${wanted.class}`)
    }
  }
  return problems
}

function isForbidden(rule, link) {
  const single = rule.bank.length === 1 && rule.ledger.length === 1
  return single
    ? link.bank.includes(rule.bank[0]) && link.ledger.includes(rule.ledger[0])
    : same(rule.bank, link.bank) && same(rule.ledger, link.ledger)
}

function refusalProblems(expected, links) {
  const problems = []
  let dangerous = 0
  for (const rule of expected.mustNotLink ?? []) {
    const hit = links.find((link) => (link.status === 'AUTO' || link.best) && isForbidden(rule, link))
    if (hit === undefined) continue
    if (hit.status === 'AUTO') dangerous++
    problems.push(`must not link ${rule.bank.join('+')}=${rule.ledger.join('+')} (${rule.reason})`)
  }
  for (const id of expected.noAuto ?? []) {
    if (!links.some((link) => link.status === 'AUTO' && link.bank.includes(id))) continue
    dangerous++
    problems.push(`${id} must not be linked automatically`)
  }
  return { problems, dangerous }
}

function otherProblems(testCase, links) {
  const { expected } = testCase
  const problems = []
  const linked = (side, id) => links.some((link) => link.best && link[side].includes(id))
  for (const id of expected.unmatchedBank ?? []) if (linked('bank', id)) problems.push(`${id} must stay open`)
  for (const id of expected.unmatchedLedger ?? []) if (linked('ledger', id)) problems.push(`${id} must stay open`)
  for (const [id, most] of Object.entries(expected.maxUses ?? {})) {
    // A proposal uses nothing up: only automatic links count.
    const uses = links.filter((link) => link.status === 'AUTO' && [...link.bank, ...link.ledger].includes(id))
    if (uses.length > most) problems.push(`${id} used ${uses.length} times`)
  }
  const offered = (id) => links.filter((link) => link.bank.includes(id)).flatMap((link) => link.ledger)
  for (const [id, wanted] of Object.entries(expected.candidates ?? {}))
    for (const candidate of wanted)
      if (!offered(id).includes(candidate)) problems.push(`${candidate} is not offered for ${id}`)
  for (const [id, wanted] of Object.entries(expected.ranking ?? {})) {
    const came = offered(id).filter((candidate) => wanted.includes(candidate))
    if (came.join() !== wanted.join()) problems.push(`${id} ranks ${came.join(', ')}`)
  }
  const parts = links.flatMap((link) =>
    link.best ? link.allocations.map((part) => ({ ...part, bank: link.bank[0] })) : [],
  )
  for (const part of expected.allocations ?? []) {
    const found = parts.some(
      (one) =>
        one.bank === part.bank && one.bookEntryId === part.ledger && Number(one.amount.amount) === Number(part.amount),
    )
    if (!found) problems.push(`no allocation of ${part.amount} from ${part.bank} to ${part.ledger}`)
  }
  problems.push(...residualProblems(testCase, links))
  const set = expected.setMatch
  if (set && links.some((link) => link.status === 'AUTO' && link.bank.length === 1 && set.bank.includes(link.bank[0])))
    problems.push('members of the set must not be linked one by one')
  return problems
}

/** What stays open of an item after the best links: its amount less what they take. */
function residualProblems(testCase, links) {
  const { expected } = testCase
  const problems = []
  for (const [id, wanted] of Object.entries(expected.residual ?? {})) {
    const item = [...testCase.bank, ...testCase.ledger].find((one) => one.id === id)
    const onBank = testCase.bank.includes(item)
    const own = Math.abs(Number(item?.amount ?? 0))
    const taken = links
      .filter((link) => link.best && (onBank ? link.bank : link.ledger).includes(id))
      .reduce((sum, link) => sum + partOf(testCase, link, id, onBank, own), 0)
    if (Math.abs(own - taken - Math.abs(Number(wanted))) > 1e-9)
      problems.push(`${id} leaves ${own - taken}, not ${wanted}`)
  }
  return problems
}

function partOf(testCase, link, id, onBank, own) {
  const part = link.allocations.find((one) => one.bookEntryId === id)
  if (part !== undefined) return Math.abs(Number(part.amount.amount))
  const others = onBank
    ? testCase.ledger.filter((one) => link.ledger.includes(one.id))
    : testCase.bank.filter((one) => link.bank.includes(one.id))
  return Math.min(own, Math.abs(others.reduce((sum, one) => sum + Number(one.amount), 0)))
}

function shuffled(items, seed) {
  let state = seed * 2654435761 + 1
  const copy = [...items]
  for (let at = copy.length - 1; at > 0; at--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const other = state % (at + 1)
    ;[copy[at], copy[other]] = [copy[other], copy[at]]
  }
  return copy
}

function permutationProblems(testCase, over, links) {
  const wanted = JSON.stringify(links)
  for (let seed = 1; seed <= (testCase.options.permute ?? 2); seed++) {
    const came = runMatch(testCase, over, (items) => shuffled(items, seed))
    if (JSON.stringify(came) !== wanted) return [`another order gives ${came.map(shown).join('; ')}`]
  }
  return []
}

function partyProblems(testCase) {
  const problems = []
  const came = []
  for (const [id, wanted] of Object.entries(testCase.expected.party ?? {})) {
    const item = testCase.bank.find((one) => one.id === id)
    const clue = {
      name: item?.name,
      account: item?.counterpartyIban ?? item?.counterpartyAccount,
      text: [item?.text, item?.reference, item?.note].filter(Boolean).join(' '),
    }
    const found = resolveCounterparty(clue, testCase.parties ?? [])?.partyId ?? null
    came.push(`${id} is ${found}`)
    if (found !== wanted) problems.push(`${id} resolves to ${found}, not ${wanted}`)
  }
  return { problems, came, dangerous: 0 }
}

function zeroSumProblems(testCase) {
  const { options, expected } = testCase
  const scale = caseScale(testCase)
  const minor = (amount) => Number(shift(String(amount), scale + 2))
  const items = [...testCase.bank, ...testCase.ledger].filter((item) => item.amount != null)
  const days = items.map((item) => dayNumber(item.date.slice(0, 10)) ?? 0)
  const window = toWindow(options.dateWindow)
  const near =
    window === undefined || window.maximum === null || Math.max(...days) - Math.min(...days) <= window.maximum
  const found = near
    ? zeroSumSet(
        items.map((item) => ({ id: item.id, amount: minor(item.amount) })),
        minor(options.amountTolerance?.abs ?? '0'),
      )
    : undefined
  const wanted = expected.zeroSumSet
  const ids = wanted == null ? null : Array.isArray(wanted) ? wanted : Object.values(wanted).flat()
  const right = ids === null ? found === undefined || wanted === undefined : found !== undefined && same(found, ids)
  const of = (side) => testCase[side].map((item) => item.id).filter((id) => found?.includes(id))
  const links =
    found === undefined
      ? []
      : [
          {
            bank: of('bank'),
            ledger: of('ledger'),
            status: 'PROPOSED',
            best: true,
            difference: 0,
            allocations: [],
            reason: 'ZERO_SUM',
          },
        ]
  const refused = refusalProblems(expected, links)
  return {
    problems: [
      ...(right ? [] : [`the set is ${JSON.stringify(found ?? null)}`]),
      ...linkProblems(expected, links),
      ...refused.problems,
    ],
    came: links.map(shown),
    dangerous: refused.dangerous,
  }
}

/** @returns {{problems: string[], came: string[], dangerous: number}} */
export function runCase(testCase, over) {
  if (testCase.type === 'party') return partyProblems(testCase)
  if (testCase.type === 'zero-sum') return zeroSumProblems(testCase)
  const dedupe = testCase.type === 'dedupe'
  const links = dedupe ? runDedupe(testCase, over) : runMatch(testCase, over)
  const refused = refusalProblems(testCase.expected, links)
  return {
    problems: [
      ...linkProblems(testCase.expected, links),
      ...refused.problems,
      ...otherProblems(testCase, links),
      ...(dedupe ? [] : permutationProblems(testCase, over, links)),
    ],
    came: links.map(shown),
    dangerous: refused.dangerous,
  }
}
