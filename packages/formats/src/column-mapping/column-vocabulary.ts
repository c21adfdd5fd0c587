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
  | 'endToEnd'
  | 'mandate'

/**
 * Words of each role, best first: a column whose words stand earlier wins over one whose words stand later. English,
 * German, French, Italian, Spanish, Dutch, Portuguese, Czech, Polish, Hungarian,
 * Scandinavian, Finnish, Japanese and Chinese exports. An entry that ends in `*`
 * matches any continuation; entries are compared with the whole header text after currency codes and brackets were removed.
 */
export const roleTexts: Readonly<Record<ColumnRole, string>> = {
  bookingDate: `
    booking date | booked | posting date | post date | posted date | date posted | date processed |
    buchungsdatum | trans buchungsdatum | buchungstag | buchung | erfassungsdatum | data di registrazione |
    data registrazione | data contabile | date comptable | date de comptabilisation | fecha contable |
    boekdatum | boekingsdatum | datum zauctovani | datum zauetovani | datum verrekening | completed date |
    data lancamento | bogfort | bokforingsdag | bokforingsdato | konyveles datuma | date | datum | data |
    fecha | dato | dag | date operation | date de l operation | date d operation | date de operation |
    fecha operacion | data operazione | execution date | auftragsdatum | belegdatum | transaction date |
    trans date | transaktionsdatum | data transazione | tranzakcio datuma | datum provedeni |
    datum verrichting | transactiedatum | created | started date | created at | timestamp | datetime |
    date time | entry date | trade date | data mov | data movimento | bokforingsdatum | bokfdag | transdag |
    reskontradatum | kirjauspaiva | data ksiegowania | data operacji | data transakcji | dateop | txn date |
    tran date | uitvoeringsdatum | transaktionsdato | created utc | data tranzactiei | datum transakce |
    datum odpisu | umsatzdatum | datum der buchung | posting | effective posting date | 日付 | 取引日 | お取引日 | 交易日期 |
    booked at | date de transaction | data dell operazione | abschlussdatum | value booking date | booking day |
    date d ecriture | fecha de operacion | fecha movimiento | uberweisungsdatum | payment date | settled date
  `,
  valueDate: `
    value date | valuta | valutadatum | valuta date | valutadate | wertstellung | wertstellungstag |
    data valuta | data di valuta | date de valeur | date valeur | fecha valor | rentedatum | valutadato |
    ertknap | effective date | settlement date | data valor | wert | wertstellung valuta | value dat | dateval |
    f valor | valutadag | arvopaiva | data waluty | fecha de valor | data de valor | rentedato | valor data |
    valutadatum valuta | valeur | valuation | valeur date
  `,
  amount: `
    amount | betrag | buchungsbetrag | bruttobetrag rechnung | importo | montant | importe | bedrag | valor |
    umsatz | belob | belopp | quantita | castka | eastka | osszeg | net | transaction amount |
    montant de l operation | montant operation | tranzakcio osszege | zauctovana castka | zauetovana eastka |
    amount currency | value | inflow | gross | importo operazione | total | net amount | transactiebedrag |
    amount total | montante | suma | kwota | kwota operacji | kwota transakcji | objem | maara | maara euroa |
    montant operation en euro | montant euros | montant en euros | importe eur | valor r | umsatzbetrag |
    betrag in kontowahrung | transaction amount value | amt | bedrag eur | belop | castka* | 金額 | 金额 |
    credit debit amount | betrag transaktion | gutgeschriebener betrag | net credit | importe neto |
    local amount value | saldo movimento | bewegung | mouvement | betrag in | umsatz in kontowahrung
  `,
  debit: `
    debit | debits | debit amount | belastung | belastungen | belastungsbetrag | soll | lastschrift | addebito |
    addebiti | importo di addebito | dare | debet | af | uit | withdrawal | withdrawals | paid out | money out |
    outflow | cargo | cargos | debito | sortie | sorties | uscite | ausgang | payments | payment | spent | ut |
    uttag | withdrawal amount | debit euros | debito r | amount debit | debit value | ut fra konto |
    paid out amount | withdrawal amt | belastungen in | sollbetrag | lastschriften | debet bedrag | expense |
    expenses | cheltuieli | obciazenia | 出金 | お支払金額 | 借方 | debit en | lastschrift in | outgoing | ausgaben |
    abgange | prelevement | prelievi | cargos y debitos | money paid out | debit montant | montant debit |
    importe debe | debe | belastet
  `,
  credit: `
    credit | credits | credit amount | gutschrift | gutschriften | gutschriftsbetrag | haben | accredito |
    accrediti | importo di accredito | avere | bij | in | deposit | deposits | paid in | money in | abono |
    abonos | credito | entree | entrees | entrate | eingang | receipts | received | insattning |
    deposit amount | credit euros | credito r | amount credit | credit value | inn pa konto | inn |
    paid in amount | deposit amt | habenbetrag | gutschriften in | income | incasari | uznania | 入金 | お預り金額 |
    贷方 | credit en | gutschrift in | incoming | einnahmen | zugange | versement | versamenti | money paid in |
    credit montant | montant credit | importe haber | haber | gutgeschrieben
  `,
  flag: `
    d c | dc | cr dr | dr cr | debit credit | credit debit | debit kredit | soll haben | debito credito |
    debit or credit | transaction type | af bij | bevetel kiadas | type | direction | sign | segno | sens |
    cd indicator | credit debit indicator | gutschrift belastung | details | kind | s h | creditdebet |
    credit debet | debitcredit | crdr | dr | cd | soll haben kennung | debetcredit | tipo | laji
  `,
  balance: `
    balance | running balance | saldo | solde | ledger balance | net cash balance | egyenleg | saldo na trn |
    kontostand | saldo nach buchung | balance after | account balance | saldo contabile | zustatek |
    current balance | valutasaldo | running bal | running balance amount | closing balance | saldo na mutatie |
    eindsaldo | saldo contabilistico | saldo disponivel | saldo r | disponible | sold | saldo po operacji |
    saldo efter | accountbalance | saldo progresivo | ledger bal | available balance | bal | 残高 | 差引残高 | 余额 |
    saldo in | solde en | neuer saldo | solde apres operation | saldo posterior | saldo dopo operazione |
    balance amount
  `,
  detailAmount: `
    betrag detail | detail | betrag einzelzahlung | einzelbetrag | detail amount | importo dettaglio |
    detailbetrag | importo singolo* | montant detail | individual amount | amount details | sous montant |
    montant individuel | montants individuels | importo individuale | importi dettaglio
  `,
  currency: `
    currency | ccy | curr | currency code | wahrung | waehrung | buchungswahrung | divisa | valuta | devise |
    moneda | munt | mena | mena uctu | mina ueetu | monnaie | devizanem | tranzakcio devizaneme |
    valuta codice | muntsoort | valutacode | devies | valuta rekening | waluta | valuutta | moeda | curr code |
    currencycode | transaction currency | deviza | valuta konta | 通貨 | whrg | moneta | ccy code |
    monnaie compte | whg
  `,
  account: `
    account | account number | account no | iban | iban bban | konto | kontonummer | konto nr | conto |
    conto no | numero di conto | compte | numero de compte | cuenta | rekening | rekeningnummer |
    auftragskonto | iban auftraggeberkonto | auftraggeberkonto | cislo uctu | szamlaszam | bank account |
    umsatz getatigt von | account id | kontonr | konto nummer | accountnum | account name | rachunek |
    nr rachunku | cont | tili | bezeichnung auftragskonto | iban auftragskonto | numero conto
  `,
  text: `
    description | buchungstext | verwendungszweck | text | label | libelle | descrizione |
    descrizione movimento | concepto | omschrijving | transactions | details | detail de l ecriture | memo |
    bezeichnung | beschreibung | umsatztext | historico | narrative | message | note | notes | zusatzinfos* |
    mitteilung referenz | testo | testo contabilizzazione | testo di contabilizzazione |
    tipo di ordine testo di contabilizzazione | texte | descripcion | descricao | popis | zprava* | kozlemeny |
    message for payee | vrije mededeling | details de l operation | remittance information | reference text |
    buchungsdetails | dettaglio | trans beschreibung | transaktionsbeschreibung | item | polozka | movimiento |
    particulars | tipo di ordine | auftragsart | narration | transaction remarks | transaction description |
    transaction details | tekst | forklaring | tytul | opis operacji | opis | selitys | otsikko | mededelingen |
    mededeling | libelle operation | libelle court | libelle simplifie | title | vorgang | memo description |
    description 1 | description 2 | observaciones | comentario | viesti | informations complementaires |
    umsatzart | beskrivelse | tranzakcio leirasa | detalii | 摘要 | お取引内容 | avisierungstext |
    texte de notification | testo di avviso | notification text | booking text | payment purpose |
    activity name | subject | beschreibung1 | beschreibung2 | beschreibung3 | beschreibung 1 | beschreibung 2 |
    beschreibung 3 | description1 | description2 | description3 | description 3 | descrizione1 | descrizione2 |
    descrizione3 | texte comptable | communication | communications | motif | mitteilung | referenztext |
    bewegungstyp | type de mouvement | tipo di movimento | movement type | purpose | reason
  `,
  name: `
    name | payee | counterparty | partner name | partner neve | name des partners | name auftraggeber beg* |
    beguenstigter zahlungs* | beguenstigter* | empfanger | merchant | merchantname | merchant name | handler |
    handlername | commerciante | naam | naam tegenpartij | nazev protiuctu | nazev protiueetu |
    counteraccount name | beneficiary | auftraggeber* | recipient | supplier | handelaar | payer |
    naam omschrijving | counter party | name zahlungsbeteiligter | partnername | zahlungsempfanger in |
    zahlungsempfanger | zahlungspflichtige r | naam van de tegenpartij | naam tegenpartij bevat | tegenpartij |
    dane kontrahenta | nadawca odbiorca | saaja maksaja | nimi | kontrahent | nazev protistrany | empfanger 1 |
    empfaenger 1 | mottagare | counterparty name | ontvanger | recipient name | sender |
    auftraggeber empfanger | zahlungsempfanger auftraggeber | nom | nome | nombre | destinataire |
    donneur d ordre | ordinante | controparte
  `,
  counterpartyAccount: `
    kontoverbindung des partners | tegenrekening | tegenrekening iban bban | counterparty account |
    counterparty iban | konto bank | cislo protiuctu | eislo protiueetu | rekeningnummer tegenpartij |
    partner szamlaszama | to account | partner iban | contra account | bank account details |
    iban zahlungsbeteiligter | rekening tegenpartij | protiucet | kontonummer iban | tegenrekening iban |
    account no of counterparty | numer rachunku kontrahenta
  `,
  reference: `
    reference | ref | rif esterno | referenz | bank reference | reference number | transactiereferentie |
    transaction reference | buchungsreferenz | numero di ordine | auftragsnummer | referencia |
    operation number | zahlungsreferenz | ref no | reference no | fitid | trn | auftraggeberreferenz |
    payment reference | kundenreferenz | sammlerreferenz | referentie | chq ref number | ref no cheque no |
    referenssi | viite | unique id | ref number | transactienummer | volgnummer | viitenumero | doc no |
    transaktions nr | transaction no | n de transaction | n di transazione | zkb referenz | zkb reference |
    referenznummer | numero de reference | numero di riferimento | auftrags nr | ordernumber | order number |
    belegnummer | document number
  `,
  checkNumber: `
    check number | check no | cheque number | check | check or slip | cheque | numero assegno | check num |
    num | check slip | cheque no | chq no | serial | slip number
  `,
  originalAmount: `
    original amount | originalamount | originalbetrag | importo estero | betrag in fremdwahrung |
    betrag fremdwahrung | amount in foreign currency | local amount | original auftragsbetrag | bedrag in* |
    foreign amount | orig amount | original bruttobetrag | puvodni castka* | foreigncurrencyamount |
    lastschrift ursprungsbetrag | betrag in original* | purchase amount
  `,
  originalCurrency: `
    original currency | originalcurrency | originalwahrung | fremdwahrung | foreign currency | valuta estera |
    local currency | original wahrung | originalwahr | orig currency
  `,
  status: `
    status | state | statetype | stato | estado | statut | info | pointage operation | booking status | etat
  `,
  card: `
    card | carta | karte | kartennummer | card number | numero di carta | carte | cardid | kaarthouder |
    kredietkaart | card no | kartya* | card member | cardmember | card last 4 digits | card ending | last 4 digits
  `,
  id: `
    transaction id | transactionid | trx id | id | id transakce | unique id | entry id
  `,
  endToEnd: `
    end to end id | endtoendid | end to end reference | kundenreferenz end to end | e2e | eref | end to end referenz |
    ende zu ende referenz
  `,
  mandate: `mandatsreferenz | mandat id | mandate id | mandate reference | machtigingskenmerk | mandaatreferentie`,
}
