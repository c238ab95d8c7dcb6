/*
 * The days of a plan of contact moments, once the reader has asked for them: in the table, and behind a
 * link as a calendar file. Nothing is kept or sent.
 */
import { calendarOf, dayAt } from './plan.js';

const wordsWith = (year) =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year,
    timeZone: 'UTC',
  });
const words = wordsWith('numeric');
const wordsInYear = wordsWith();

/* Fills in the row's day; what a calendar has to know of the row. */
function fill(row, start, moved) {
  const { day, meant } = dayAt(start, row.dataset.termijn);
  const from = day > meant || day < meant ? ` (${moved.replace('{dag}', wordsInYear.format(meant))})` : '';
  row.querySelector('.moment-datum').textContent = words.format(day) + from;
  return {
    day,
    title: row.cells[0].textContent,
    place: row.querySelector('.moment-waar')?.textContent,
    notes: [...row.querySelectorAll('td:not([class])')]
      .filter((cell) => cell.textContent)
      .map((cell) => `${cell.dataset.kop}: ${cell.textContent}`),
  };
}

/* Answers the form that page-momenten.js found. */
export function answer(form) {
  const status = form.querySelector('[role="status"]');
  const link = form.querySelector('[download]');
  const start = form.elements.start.valueAsDate;
  const rows = [...form.parentElement.querySelectorAll('[data-termijn]')].filter(
    (row) => !row.closest('.landelijk'),
  );
  const moments = rows.map((row) => fill(row, start, status.dataset.verzet));
  rows.forEach((row) => row.closest('.momenten').classList.add('met-data'));
  const id = crypto.getRandomValues(new Uint32Array(4)).join('-');
  const text = calendarOf(moments, form.elements.tijd.value, new Date(), id);
  URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }));
  link.parentElement.hidden = false;
  status.textContent = status.dataset.klaar;
}
