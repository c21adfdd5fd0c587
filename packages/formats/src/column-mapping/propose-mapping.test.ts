import { expect, test } from 'vitest'
import { parseStatement } from '../parse-statement.ts'

/** Exports in the manner of banks around the world, as we wrote them: file, then what must be read of it. */
const exports: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'a US bank that counts its balances among the rows',
    'Description,,Summary Amt.\nBeginning balance as of 01/01/2026,,"1,000.00"\n\nDate,Description,Amount,Running Bal.\n01/01/2026,Beginning balance as of 01/01/2026,,"1,000.00"\n01/14/2026,"PAYROLL","500.00","1,500.00"\n01/20/2026,"RENT","-200.00","1,300.00"\n',
    ['2026-01-14 500.00 XXX', '2026-01-20 -200.00 XXX'],
  ],
  [
    'a US bank without a header and with a running balance',
    '01/14/2026,SHOP,5.00,,95.00\n01/15/2026,PAY,,10.00,105.00\n01/16/2026,X,1.00,,104.00\n',
    ['2026-01-14 -5.00 XXX', '2026-01-15 10.00 XXX', '2026-01-16 -1.00 XXX'],
  ],
  [
    'an account with directions in words',
    'Account Number,Transaction Description,Transaction Date,Transaction Type,Transaction Amount,Balance\n1234,Deposit,01/14/26,Credit,100.00,600.00\n1234,Withdrawal,01/13/26,Debit,50.00,500.00\n',
    ['2026-01-14 100.00 XXX', '2026-01-13 -50.00 XXX'],
  ],
  [
    'a payment service with fees and a balance',
    '"Date","Name","Type","Status","Currency","Gross","Fee","Net","Balance"\n"14/01/2026","Bob","Payment","Completed","GBP","10.00","-0.50","9.50","109.50"\n"15/01/2026","Al","Payment","Completed","GBP","-20.00","0.00","-20.00","89.50"\n',
    ['2026-01-14 9.50 GBP', '2026-01-15 -20.00 GBP'],
  ],
  [
    'a German bank with a preamble and a sign of the currency in the header',
    '"Girokonto";"DE11"\n"Kontostand vom 20.01.2026:";"1.000,00 €"\n""\n"Buchungsdatum";"Wertstellung";"Status";"Zahlungsempfänger*in";"Verwendungszweck";"IBAN";"Betrag (€)"\n"14.01.26";"14.01.26";"Gebucht";"Shop";"Kauf";"DE33";"-1.045,10"\n',
    ['2026-01-14 -1045.10 EUR'],
  ],
  [
    'a German bank with two columns of one name, newest first',
    'Buchung;Auftraggeber/Empfänger;Verwendungszweck;Saldo;Währung;Betrag;Währung\n14.01.2026;Shop;Kauf;1.000,00;EUR;-50,00;EUR\n13.01.2026;AG;Lohn;1.050,00;EUR;2.000,00;EUR\n',
    ['2026-01-14 -50.00 EUR', '2026-01-13 2000.00 EUR'],
  ],
  [
    'a Dutch bank with packed dates and directions',
    '"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Af Bij";"Bedrag (EUR)";"Mededelingen";"Saldo na mutatie"\n"20260114";"Shop";"NL11";"NL22";"Af";"5,00";"Pas";"95,00"\n"20260113";"Bob";"NL11";"NL22";"Bij";"100,00";"x";"100,00"\n',
    ['2026-01-14 -5.00 EUR', '2026-01-13 100.00 EUR'],
  ],
  [
    'a Dutch bank with tabs and a balance on either side',
    'Rekeningnummer\tMuntsoort\tTransactiedatum\tBeginsaldo\tEindsaldo\tTransactiebedrag\tOmschrijving\n123\tEUR\t20260114\t100,00\t95,00\t-5,00\tShop\n123\tEUR\t20260115\t95,00\t105,00\t10,00\tBob\n',
    ['2026-01-14 -5.00 EUR', '2026-01-15 10.00 EUR'],
  ],
  [
    'a French bank with spaces between thousands',
    'Téléchargement du 20/01/2026;\nSolde au 20/01/2026 1 000,00 €\n\nDate;Libellé;Débit euros;Crédit euros;\n14/01/2026;"SHOP";5,00;;\n15/01/2026;"BOB";;1 100,50;\n',
    ['2026-01-14 -5.00 XXX', '2026-01-15 1100.50 XXX'],
  ],
  [
    'a Brazilian bank',
    'Data;Histórico;Docto.;Crédito (R$);Débito (R$);Saldo (R$)\n14/01/26;Pix;1;;-5,00;95,00\n15/01/26;Dep;2;10,00;;105,00\n',
    ['2026-01-14 -5.00 BRL', '2026-01-15 10.00 BRL'],
  ],
  [
    'a Danish bank',
    'Bogført;Tekst;Rentedato;Beløb;Saldo\n14-01-2026;Shop;14-01-2026;-5,00;95,00\n13-01-2026;Løn;13-01-2026;100,00;100,00\n',
    ['2026-01-14 -5.00 XXX', '2026-01-13 100.00 XXX'],
  ],
  [
    'a Polish bank with the currency in the cell',
    'Bank;\n\n#Data operacji;#Opis operacji;#Kategoria;#Kwota;\n2026-01-14;SHOP;x;-1 005,00 PLN;\n',
    ['2026-01-14 -1005.00 PLN'],
  ],
  [
    'an Indian bank with zeros in the other column',
    'Transactions\nS No.,Value Date,Transaction Date,Transaction Remarks,Withdrawal Amount (INR ),Deposit Amount (INR ),Balance (INR )\n1,14/01/2026,14/01/2026,UPI,5.0,0.0,95.0\n2,15/01/2026,15/01/2026,NEFT,0.0,10.0,105.0\n',
    ['2026-01-14 -5.00 INR', '2026-01-15 10.00 INR'],
  ],
  [
    'an Australian bank without a header, signs on the balance too',
    '14/01/2026,"-5.00","SHOP","+95.00"\n13/01/2026,"+100.00","PAY","+100.00"\n12/01/2026,"-7.00","X","+0.00"\n',
    ['2026-01-14 -5.00 XXX', '2026-01-13 100.00 XXX', '2026-01-12 -7.00 XXX'],
  ],
  [
    'a Swiss bank that repeats the date on the payments of a batch',
    'Von:;2026-01-01;\nSchlusssaldo:;65.00;\n\nBuchungsdatum;Währung;Belastung;Gutschrift;Einzelbetrag;Saldo;Beschreibung1\n2026-01-15;CHF;-35.00;;;65.00;"Sammel"\n2026-01-15;CHF;;;-15.00;;"A"\n2026-01-15;CHF;;;-20.00;;"B"\n2026-01-14;CHF;;100.00;;100.00;"Lohn"\n',
    ['2026-01-15 -15.00 CHF', '2026-01-15 -20.00 CHF', '2026-01-14 100.00 CHF'],
  ],
  [
    'a card statement where purchases are positive',
    'Date,Description,Card Member,Amount\n01/14/2026,UBER,J DOE,12.00\n01/20/2026,PAYMENT,J DOE,-100.00\n01/21/2026,X,J DOE,5.00\n',
    ['2026-01-14 -12.00 XXX', '2026-01-20 100.00 XXX', '2026-01-21 -5.00 XXX'],
  ],
  [
    'a bank that writes amounts and balances in two ways',
    'dateOp;label;amount;accountbalance\n2026-01-14;"CB SHOP";-5,00;95.00\n2026-01-13;"X";-6,00;100.00\n',
    ['2026-01-14 -5.00 XXX', '2026-01-13 -6.00 XXX'],
  ],
]

test.each(exports)('reads %s', async (_, text, expected) => {
  const { lines } = await parseStatement(text)
  expect(lines.map((line) => `${line.bookingDate} ${line.amount.amount} ${line.amount.currency}`)).toEqual(expected)
})

test('exports that overlap by whole days share the ids of the rows they share', async () => {
  const row = (day: number) => `2026-03-0${day},Shop,-5.00,${100 - day}.00\n`
  const ids = async (days: number[]) => {
    const { lines } = await parseStatement(`Date,Description,Amount,Balance\n${days.map(row).join('')}`)
    return new Map(lines.map((line) => [line.bookingDate, line.id]))
  }
  const [first, second] = [await ids([1, 2, 3]), await ids([2, 3, 4])]
  for (const day of ['2026-03-02', '2026-03-03']) expect(second.get(day)).toBe(first.get(day))
  expect(new Set([...first.values(), ...second.values()]).size).toBe(4)
})
