/** Lines that may still be replaced are few: an import looks at them without reading the days around. */
export const unpostedMigration = `
create index bank_line_unposted on bank_line (tenant_id, date desc, id) where status in ('PENDING', 'WITHDRAWN');
`
