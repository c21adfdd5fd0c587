/** The workbench's own words. The screens bring theirs in the message packs of @recon/react. */
export interface WorkbenchWords {
  readonly skip: string
  readonly menu: string
  readonly keptHere: string
  readonly colours: Readonly<Record<'system' | 'light' | 'dark', string>>
  readonly coloursTitle: string
  readonly languageTitle: string
  readonly sections: Readonly<
    Record<'cash' | 'payments' | 'bookkeeping' | 'treasury' | 'collections' | 'tools', string>
  >
  readonly pages: Readonly<Record<PageName, string>>
  readonly nothingHere: string
  readonly toBankDay: string
}

export type PageName =
  | 'bankDay'
  | 'escalations'
  | 'flagged'
  | 'sweeps'
  | 'fusion'
  | 'import'
  | 'payments'
  | 'upload'
  | 'runs'
  | 'exceptions'
  | 'outbox'
  | 'transactions'
  | 'placements'
  | 'remittances'
  | 'statements'
  | 'sync'
  | 'mail'

const en: WorkbenchWords = {
  skip: 'Skip to the screen',
  menu: 'Menu',
  keptHere: 'Everything you see is kept in a database on this machine.',
  colours: { system: 'System', light: 'Light', dark: 'Dark' },
  coloursTitle: 'Colours',
  languageTitle: 'Language',
  sections: {
    cash: 'Cash management',
    payments: 'Payments desk',
    bookkeeping: 'Bookkeeping',
    treasury: 'Treasury',
    collections: 'Collections',
    tools: 'Workbench',
  },
  pages: {
    bankDay: 'Bank day',
    escalations: 'AP Escalations',
    flagged: 'Flagged',
    sweeps: 'Sweeps',
    fusion: 'Oracle Fusion',
    import: 'Import files',
    payments: 'Payments',
    upload: 'Upload deposits',
    runs: 'Bank reconciliations',
    exceptions: 'Exceptions',
    outbox: 'Outbox',
    transactions: 'Transactions',
    placements: 'Placements',
    remittances: 'Remittances',
    statements: 'Statements',
    sync: 'Sync log',
    mail: 'Mail viewer',
  },
  nothingHere: 'There is nothing at this address',
  toBankDay: 'Go to the bank day',
}

const de: WorkbenchWords = {
  skip: 'Zum Bildschirm springen',
  menu: 'Menü',
  keptHere: 'Alles, was Sie sehen, liegt in einer Datenbank auf diesem Rechner.',
  colours: { system: 'System', light: 'Hell', dark: 'Dunkel' },
  coloursTitle: 'Farben',
  languageTitle: 'Sprache',
  sections: {
    cash: 'Cash-Management',
    payments: 'Zahlungen',
    bookkeeping: 'Buchhaltung',
    treasury: 'Treasury',
    collections: 'Inkasso',
    tools: 'Werkbank',
  },
  pages: {
    bankDay: 'Banktag',
    escalations: 'AP-Eskalationen',
    flagged: 'Markiert',
    sweeps: 'Sweeps',
    fusion: 'Oracle Fusion',
    import: 'Dateien einlesen',
    payments: 'Zahlungen',
    upload: 'Eingänge hochladen',
    runs: 'Bankabstimmungen',
    exceptions: 'Ausnahmen',
    outbox: 'Postausgang',
    transactions: 'Umsätze',
    placements: 'Aufträge',
    remittances: 'Abrechnungen',
    statements: 'Auszüge',
    sync: 'Abgleichprotokoll',
    mail: 'Mails',
  },
  nothingHere: 'Unter dieser Adresse ist nichts',
  toBankDay: 'Zum Banktag',
}

const fr: WorkbenchWords = {
  skip: 'Aller à l’écran',
  menu: 'Menu',
  keptHere: 'Tout ce que vous voyez est gardé dans une base de données sur cette machine.',
  colours: { system: 'Système', light: 'Clair', dark: 'Sombre' },
  coloursTitle: 'Couleurs',
  languageTitle: 'Langue',
  sections: {
    cash: 'Trésorerie courante',
    payments: 'Paiements',
    bookkeeping: 'Comptabilité',
    treasury: 'Trésorerie',
    collections: 'Recouvrement',
    tools: 'Atelier',
  },
  pages: {
    bankDay: 'Journée bancaire',
    escalations: 'Escalades AP',
    flagged: 'Signalés',
    sweeps: 'Centralisations',
    fusion: 'Oracle Fusion',
    import: 'Importer des fichiers',
    payments: 'Paiements',
    upload: 'Importer des dépôts',
    runs: 'Rapprochements',
    exceptions: 'Exceptions',
    outbox: 'Boîte d’envoi',
    transactions: 'Opérations',
    placements: 'Dossiers',
    remittances: 'Reversements',
    statements: 'Relevés',
    sync: 'Journal de synchro',
    mail: 'Courrier',
  },
  nothingHere: 'Il n’y a rien à cette adresse',
  toBankDay: 'Aller à la journée bancaire',
}

const ar: WorkbenchWords = {
  skip: 'انتقل إلى الشاشة',
  menu: 'القائمة',
  keptHere: 'كل ما تراه محفوظ في قاعدة بيانات على هذا الجهاز.',
  colours: { system: 'النظام', light: 'فاتح', dark: 'داكن' },
  coloursTitle: 'الألوان',
  languageTitle: 'اللغة',
  sections: {
    cash: 'إدارة النقد',
    payments: 'مكتب المدفوعات',
    bookkeeping: 'مسك الدفاتر',
    treasury: 'الخزانة',
    collections: 'التحصيل',
    tools: 'منضدة العمل',
  },
  pages: {
    bankDay: 'اليوم المصرفي',
    escalations: 'تصعيدات الدائنين',
    flagged: 'المعلَّمة',
    sweeps: 'تجميع الأرصدة',
    fusion: 'أوراكل فيوجن',
    import: 'استيراد الملفات',
    payments: 'المدفوعات',
    upload: 'رفع الإيداعات',
    runs: 'التسويات المصرفية',
    exceptions: 'الاستثناءات',
    outbox: 'صندوق الصادر',
    transactions: 'الحركات',
    placements: 'الملفات المحالة',
    remittances: 'التحويلات',
    statements: 'الكشوف',
    sync: 'سجل المزامنة',
    mail: 'عارض البريد',
  },
  nothingHere: 'لا شيء في هذا العنوان',
  toBankDay: 'إلى اليوم المصرفي',
}

export const workbenchWords = { en, de, fr, ar } as const
export type Language = keyof typeof workbenchWords
