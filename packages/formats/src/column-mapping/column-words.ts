/** What a column of a bank's export holds, as its header says it. */
export type ColumnRole =
  | 'bookingDate'
  | 'valueDate'
  | 'amount'
  | 'debit'
  | 'credit'
  | 'flag'
  | 'balance'
  | 'detailAmount'
  | 'currency'
  | 'account'
  | 'text'
  | 'name'
  | 'counterpartyAccount'
  | 'reference'
  | 'checkNumber'
  | 'originalAmount'
  | 'originalCurrency'
  | 'status'
  | 'card'
  | 'id'

/** Header text as words: lower case, no accents, one space between. */
export function headerWords(text: string): string {
  return text
    .slice(0, 120)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * Words of each role, best first: a column whose words stand earlier wins over one whose words stand later. English,
 * German, French, Italian, Spanish, Dutch, Portuguese, Czech, Hungarian and Scandinavian exports. An entry that ends in `*`
 * matches any continuation; entries are compared with the whole header text after currency codes and brackets were removed.
 */
const roleTexts: Readonly<Record<ColumnRole, string>> = {
  bookingDate: `
    booking date | booked | posting date | post date | posted date | date posted | date processed |
    buchungsdatum | trans buchungsdatum | buchungstag | buchung | erfassungsdatum | data di registrazione | data registrazione |
    data contabile | date comptable | date de comptabilisation | fecha contable | boekdatum | boekingsdatum |
    datum zauctovani | datum zauetovani | datum verrekening | completed date | data lancamento | bogfort |
    bokforingsdag | bokforingsdato | konyveles datuma | date | datum | data | fecha | dato | dag |
    date operation | date de l operation | date d operation | date de operation | fecha operacion |
    data operazione | execution date | auftragsdatum | belegdatum | transaction date | trans date |
    transaktionsdatum | data transazione | tranzakcio datuma | datum provedeni | datum verrichting |
    transactiedatum | created | started date | created at | timestamp | datetime | date time | entry date |
    trade date | data mov | data movimento
  `,
  valueDate: `
    value date | valuta | valutadatum | valuta date | valutadate | wertstellung | wertstellungstag |
    data valuta | data di valuta | date de valeur | date valeur | fecha valor | rentedatum | valutadato |
    ertknap | effective date | settlement date | data valor
  `,
  amount: `
    amount | betrag | buchungsbetrag | bruttobetrag rechnung | importo | montant | importe | bedrag | valor | umsatz | belob | belopp |
    quantita | castka | eastka | osszeg | net | transaction amount | montant de l operation |
    montant operation | tranzakcio osszege | zauctovana castka | zauetovana eastka | amount currency | value |
    inflow | gross | importo operazione | total | net amount
  `,
  debit: `
    debit | debits | debit amount | belastung | belastungen | belastungsbetrag | soll | lastschrift |
    addebito | addebiti | importo di addebito | dare | debet | af | uit | withdrawal | withdrawals | paid out |
    money out | outflow | cargo | cargos | debito | sortie | sorties | uscite | ausgang | payments | payment |
    spent | ut | uttag | withdrawal amount
  `,
  credit: `
    credit | credits | credit amount | gutschrift | gutschriften | gutschriftsbetrag | haben | accredito |
    accrediti | importo di accredito | avere | bij | in | deposit | deposits | paid in | money in | abono |
    abonos | credito | entree | entrees | entrate | eingang | receipts | received | insattning |
    deposit amount
  `,
  flag: `
    d c | dc | cr dr | dr cr | debit credit | credit debit | debit kredit | soll haben | debito credito |
    debit or credit | transaction type | af bij | bevetel kiadas | type | direction | sign | segno | sens |
    cd indicator | credit debit indicator | gutschrift belastung | details | kind | s h
  `,
  balance: `
    balance | running balance | saldo | solde | ledger balance | net cash balance | egyenleg | saldo na trn |
    kontostand | saldo nach buchung | balance after | account balance | saldo contabile | zustatek |
    current balance | valutasaldo
  `,
  detailAmount: `
    betrag detail | detail | betrag einzelzahlung | einzelbetrag | detail amount | importo dettaglio |
    detailbetrag | importo singolo* | montant detail
  `,
  currency: `
    currency | ccy | curr | currency code | wahrung | waehrung | buchungswahrung | divisa | valuta | devise |
    moneda | munt | mena | mena uctu | mina ueetu | monnaie | devizanem | tranzakcio devizaneme |
    valuta codice
  `,
  account: `
    account | account number | account no | iban | iban bban | konto | kontonummer | konto nr | conto |
    conto no | numero di conto | compte | numero de compte | cuenta | rekening | rekeningnummer |
    auftragskonto | iban auftraggeberkonto | auftraggeberkonto | cislo uctu | szamlaszam | bank account |
    umsatz getatigt von | account id
  `,
  text: `
    description | buchungstext | verwendungszweck | text | label | libelle | descrizione |
    descrizione movimento | concepto | omschrijving | transactions | details | detail de l ecriture | memo |
    bezeichnung | beschreibung | umsatztext | historico | narrative | message | note | notes | zusatzinfos* |
    mitteilung referenz | testo | testo contabilizzazione | testo di contabilizzazione |
    tipo di ordine testo di contabilizzazione | texte | descripcion | descricao | popis | zprava* | kozlemeny |
    message for payee | vrije mededeling | details de l operation | remittance information | reference text |
    buchungsdetails | dettaglio | trans beschreibung | transaktionsbeschreibung | item | polozka | movimiento |
    particulars | tipo di ordine | auftragsart
  `,
  name: `
    name | payee | counterparty | partner name | partner neve | name des partners | name auftraggeber beg* |
    beguenstigter zahlungs* | beguenstigter* | empfanger | merchant | merchantname | merchant name | handler |
    handlername | commerciante | naam | naam tegenpartij | nazev protiuctu | nazev protiueetu |
    counteraccount name | beneficiary | auftraggeber* | recipient | supplier | handelaar | payer
  `,
  counterpartyAccount: `
    kontoverbindung des partners | tegenrekening | tegenrekening iban bban | counterparty account |
    counterparty iban | konto bank | cislo protiuctu | eislo protiueetu | rekeningnummer tegenpartij |
    partner szamlaszama | to account | partner iban | contra account | bank account details
  `,
  reference: `
    reference | ref | rif esterno | referenz | bank reference | reference number | transactiereferentie |
    transaction reference | buchungsreferenz | numero di ordine | auftragsnummer | referencia |
    operation number | zahlungsreferenz | ref no | reference no | fitid | trn | auftraggeberreferenz
  `,
  checkNumber: `
    check number | check no | cheque number | check | check or slip | cheque | numero assegno | check num |
    num
  `,
  originalAmount: `
    original amount | originalamount | originalbetrag | importo estero | betrag in fremdwahrung |
    betrag fremdwahrung | amount in foreign currency | local amount | original auftragsbetrag | bedrag in* |
    foreign amount | orig amount | original bruttobetrag | puvodni castka*
  `,
  originalCurrency: `
    original currency | originalcurrency | originalwahrung | fremdwahrung | foreign currency | valuta estera |
    local currency | original wahrung | originalwahr | orig currency
  `,
  status: `
    status | state | statetype | stato | estado | statut | info
  `,
  card: `
    card | carta | karte | kartennummer | card number | numero di carta | carte | cardid | kaarthouder |
    kredietkaart | card no | kartya*
  `,
  id: `
    transaction id | transactionid | trx id | id | id transakce | unique id | entry id
  `,
}

function wordsOf(text: string): readonly string[] {
  return text.split('|').map((entry) => entry.trim())
}

const exactRoles = new Map<string, RoleMatch[]>()
const prefixRoles: { readonly prefix: string; readonly match: RoleMatch }[] = []
for (const role of Object.keys(roleTexts) as ColumnRole[]) {
  for (const [rank, entry] of wordsOf(roleTexts[role]).entries()) {
    const match = { role, rank }
    if (entry.endsWith('*')) prefixRoles.push({ prefix: entry.slice(0, -1), match })
    else exactRoles.set(entry, [...(exactRoles.get(entry) ?? []), match])
  }
}

/** Currency codes and marks in a header say what the column is in, not what it is: `Saldo (CHF)`, `Betrag in EUR`. */
function withoutCurrency(words: string, currencies: ReadonlySet<string>): string {
  const kept = words.split(' ').filter((word) => !currencies.has(word.toUpperCase()))
  return kept.length === 0 ? words : kept.join(' ').replace(/ in$/, '')
}

export interface RoleMatch {
  readonly role: ColumnRole
  /** 0 for the role's best words; higher is weaker. */
  readonly rank: number
}

/** Every role the header text may name; a text may fit several (`Valuta` is a date or a currency: the cells decide). */
export function rolesOfHeader(text: string, currencies: ReadonlySet<string>): readonly RoleMatch[] {
  const words = headerWords(text)
  if (words === '' || words.length > 80) return []
  const plain = withoutCurrency(words, currencies)
  const found = new Map<ColumnRole, RoleMatch>()
  const prefixed = prefixRoles.filter(({ prefix }) => plain.startsWith(prefix)).map(({ match }) => match)
  for (const match of [...(exactRoles.get(plain) ?? []), ...(exactRoles.get(words) ?? []), ...prefixed]) {
    const known = found.get(match.role)
    if (known === undefined || match.rank < known.rank) found.set(match.role, match)
  }
  return [...found.values()]
}

/** Words for money out and money in, as direction columns hold them. */
export const debitWords: ReadonlySet<string> = new Set(
  wordsOf(
    'd | dr | db | deb | debit | s | soll | belastung | addebito | af | dbit | out | outflow | o | debet | cargo | debito | withdrawal | - | kiadas | uitgave | debited',
  ),
)
export const creditWords: ReadonlySet<string> = new Set(
  wordsOf(
    'c | k | cr | cred | credit | h | haben | gutschrift | accredito | bij | crdt | in | inflow | i | kredit | abono | credito | deposit | + | bevetel | inkomst | credited',
  ),
)

const summaryWords: ReadonlySet<string> = new Set(
  wordsOf(`opening balance | closing balance | start balance | end balance | balance brought forward | balance carried forward | brought forward |
    carried forward | turnover | total | totals | subtotal | sum | summe | saldovortrag | anfangssaldo | endsaldo | schlusssaldo | ubertrag | saldo anterior |
    saldo inicial | saldo final | saldo iniziale | saldo finale | saldo precedente | solde initial | solde final | solde precedent | ancien solde | nouveau solde |
    beginsaldo | eindsaldo | alter kontostand | neuer kontostand | totale | totaal | poczatkowe saldo | koncowe saldo`),
)

/** A cell that says its row is a balance or a sum, and no movement. */
export function isSummaryText(text: string): boolean {
  return text.length <= 40 && summaryWords.has(headerWords(text))
}
