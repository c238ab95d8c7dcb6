/*
 * What is taken of NL Design System, and onto what of ours it is laid. `as` leads from a class of
 * NL Design System to selectors of ours that get its look too: HTML that comes from Markdown has no
 * classes, and the components of this theme have names of their own. A rule that is laid onto them
 * weighs nothing (it stands in :where()), so that a component's own style sheet adds to it without a
 * contest. A class that stands in a template by its own name needs no line here.
 *
 * `plain`: what the rules say about the text itself is left to inheritance, so that a paragraph in a
 * small or coloured box is small and coloured.
 */
const links = 'a';
const lists = '.tekst ul:not([class])';
const orders = '.tekst ol:not([class])';
const fields = 'input:not([type=checkbox],[type=radio],[type=range],[type=hidden]), select';

const levels = [1, 2, 3, 4, 5, 6].map((level) => [`nl-heading--level-${level}`, `h${level}`]);

export const tokens = '@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css';

export const parts = [
  { sheet: '@utrecht/document-css/dist/index.css', as: { 'utrecht-document': 'body', 'utrecht-document--surface': 'body' } },
  { sheet: '@utrecht/body-css/dist/index.css', as: { 'utrecht-body': 'body' } },
  {
    sheet: '@nl-design-system-candidate/heading-css/dist/heading.css',
    as: { 'nl-heading': 'h1, h2, h3, h4, h5, h6', ...Object.fromEntries(levels) },
  },
  {
    sheet: '@nl-design-system-candidate/paragraph-css/dist/paragraph.css',
    as: { 'nl-paragraph': 'p', 'nl-paragraph--lead': '.lead' },
    plain: true,
  },
  { sheet: '@nl-design-system-candidate/link-css/dist/link.css', as: { 'nl-link': links } },
  {
    sheet: '@utrecht/unordered-list-css/dist/index.css',
    as: { 'utrecht-unordered-list': lists, 'utrecht-unordered-list__item': `${lists} > li` },
    plain: true,
  },
  {
    sheet: '@utrecht/ordered-list-css/dist/index.css',
    as: { 'utrecht-ordered-list': orders, 'utrecht-ordered-list__item': `${orders} > li` },
    plain: true,
  },
  {
    sheet: '@utrecht/blockquote-css/dist/index.css',
    as: { 'utrecht-blockquote': '.tekst blockquote' },
    plain: true,
  },
  {
    sheet: '@utrecht/table-css/dist/index.css',
    as: {
      'utrecht-table': '.tabel table',
      'utrecht-table--html-table': '.tabel table',
      'utrecht-table-container': '.tabel',
      'utrecht-table__cell--numeric-column': '.tabel .rechts',
      'utrecht-table__cell--numeric-data': '.tabel .rechts',
    },
    plain: true,
  },
  {
    sheet: '@utrecht/figure-css/dist/index.css',
    as: { 'utrecht-figure': 'figure', 'utrecht-figure__caption': '.figuur figcaption' },
  },
  { sheet: '@utrecht/separator-css/dist/index.css', as: { 'utrecht-separator': 'hr' } },
  { sheet: '@nl-design-system-candidate/code-css/dist/code.css', as: { 'nl-code': 'code' } },
  { sheet: '@nl-design-system-candidate/mark-css/dist/mark.css', as: { 'nl-mark': 'mark' } },
  {
    sheet: '@utrecht/button-css/dist/index.css',
    as: {
      'utrecht-button': '.knop, .zoekvak button',
      'utrecht-button--primary-action': '.knop:not(.knop-stil), .zoekvak button',
      'utrecht-button--secondary-action': '.knop-stil',
    },
  },
  { sheet: '@utrecht/textbox-css/dist/index.css', as: { 'utrecht-textbox': fields } },
  {
    sheet: '@utrecht/checkbox-css/dist/index.css',
    as: { 'utrecht-checkbox': 'input[type=checkbox]' },
  },
  {
    sheet: '@utrecht/form-fieldset-css/dist/index.css',
    as: {
      'utrecht-form-fieldset--html-fieldset': 'fieldset',
      'utrecht-form-fieldset__legend': 'legend',
      'utrecht-form-fieldset__legend--html-legend': 'legend',
    },
    plain: true,
  },
  {
    sheet: '@utrecht/form-label-css/dist/index.css',
    as: { 'utrecht-form-label': '.zoekvak-groot label' },
    plain: true,
  },
  {
    sheet: '@utrecht/alert-css/dist/index.css',
    as: {
      'utrecht-alert': '.melding',
      'utrecht-alert--error': '.melding-vervallen',
      'utrecht-alert--warning': '.melding-oud',
    },
    plain: true,
  },
  { sheet: '@utrecht/accordion-css/dist/index.css' },
  {
    sheet: '@nl-design-system-candidate/data-badge-css/dist/data-badge.css',
    as: { 'nl-data-badge': '.merk-vervallen' },
    plain: true,
  },
  {
    sheet: '@nl-design-system-candidate/number-badge-css/dist/number-badge.css',
    as: { 'nl-number-badge': '.nummer' },
  },
  { sheet: '@nl-design-system-candidate/skip-link-css/dist/skip-link.css' },
  { sheet: '@utrecht/breadcrumb-nav-css/dist/index.css', plain: true },
  { sheet: '@utrecht/table-of-contents-css/dist/index.css' },
  { sheet: '@utrecht/page-header-css/dist/index.css', plain: true },
  { sheet: '@utrecht/page-footer-css/dist/index.css', plain: true },
];

/*
 * Declarations that are left out everywhere: what old browsers knew, what takes a reader's choice, what
 * changes nothing, and a height for cells, which they grow out of in a table but not where they stand below
 * each other.
 */
const dropped = [
  '-webkit-font-smoothing',
  '-webkit-text-size-adjust',
  'text-size-adjust',
  '-webkit-user-select',
  'user-select',
  'scale',
  'box-sizing' /* css/basis.css has it for all */,
];

export const without = (declaration) =>
  (declaration.prop === 'block-size' && declaration.value.includes('table-cell-line-height')) ||
  /^-(ms|moz)-/.test(declaration.prop) ||
  dropped.includes(declaration.prop);

/*
 * States and places that no page has: one ring for all that can have the focus stands in css/basis.css, no
 * page is in Arabic, no field is refused, and a table has a body and no foot or caption. A button that is
 * pressed looks like one that is pointed at.
 */
const never = [
  /:focus-visible|:focus:not|:active|:lang\(ar\)|:invalid|aria-invalid/,
  /^[.\w-]+\s*>\s*(tr|caption|figcaption)\b|> tfoot|> thead > tr > td/,
  /accordion__section(:hover|:not|:is)/,
];

export const withoutSelector = (selector) => never.some((pattern) => pattern.test(selector));
