/*
 * Where somebody chooses a region: as he types, only the regions and municipalities stay that have all of
 * his words; Enter goes there when all lead to one region. Accents, case and signs do not count.
 */
const main = document.querySelector('[data-regiokeuze]');
const filter = main.querySelector('[data-filter]');
const input = filter.querySelector('input');
const status = filter.querySelector('[role="status"]');
const fold = (text) =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, ' ');
const all = (selector, within = main) => [...within.querySelectorAll(selector)];
const lines = all('[data-groep] li').map((line) => {
  const link = line.querySelector('a');
  return { line, way: link.href, text: ` ${fold(link.firstChild.textContent)}` };
});

/* The ways to the regions that are left, each once; none while nothing is typed. */
function show() {
  const words = fold(input.value).trim().split(' ').filter(Boolean);
  const { geen, een, meer } = status.dataset;
  for (const { line, text } of lines) {
    line.hidden = !words.every((word) => text.includes(` ${word}`));
  }
  for (const part of [...all('[data-groep]'), ...all('[data-deel]')]) {
    part.hidden = part.querySelector('li:not([hidden]) > a') === null;
  }
  for (const part of all('[data-zonder-filter]')) {
    part.hidden = words.length > 0;
  }
  const found = lines.filter(({ line }) => !line.hidden);
  const ways = words.length > 0 ? [...new Set(found.map(({ way }) => way))] : [];
  const said = found.length === 0 ? geen : ways.length === 1 ? een : meer;
  status.textContent = words.length > 0 ? said.replace('{aantal}', found.length) : '';
  return ways;
}

input.addEventListener('input', show);
input.addEventListener('keydown', ({ key }) => {
  const ways = key === 'Enter' ? show() : [];
  if (ways.length === 1) {
    lines.find(({ way, line }) => way === ways[0] && !line.hidden).line.querySelector('a').click();
  }
});
filter.hidden = false;
show();
