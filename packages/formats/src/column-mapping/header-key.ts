/** Header text reduced to what names it: `Booking Date`, `booking_date` and `BOOKINGDATE` are one column. */
export function headerKey(text: string): string {
  return text
    .slice(0, 200)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
}
