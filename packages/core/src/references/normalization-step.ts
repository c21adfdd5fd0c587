/** Every named step that can make two spellings of one reference equal, in the order they are tried. */
export const normalizationSteps = [
  'trim',
  'unicode-form',
  'case',
  'whitespace',
  'code-word',
  'punctuation',
  'diacritics',
  'leading-zeros',
  'prefix',
  'strip-front',
  'strip-back-zeros',
  'rail-truncation',
  'check-digit',
  'split-reference',
  'text-token',
  'lookalike',
] as const
export type NormalizationStepName = (typeof normalizationSteps)[number]
