/*
 * Days of a plan, and a calendar file of them (RFC 5545). Days are Dates at midnight in UTC. Times of day
 * are local and without a zone ("floating", 3.3.5): what is agreed for ten o'clock is at ten o'clock.
 */
const weekend = (day) => day.getUTCDay() % 6 === 0;

/*
 * The day at a duration from the start, "P2W" or "-P1W", and the one that was meant: what falls in a
 * weekend moves to the working day behind it, or before it when it has to be before the start. Months go
 * by the calendar, and end with a shorter one. The start itself is as the reader wants it.
 */
export function dayAt(start, duration) {
  const [, sign, count, unit] = /^(-?)P(\d+)(.)$/.exec(duration);
  const step = Number(sign + 1);
  const meant = new Date(start);
  if (unit === 'M') {
    meant.setUTCMonth(meant.getUTCMonth() + step * count);
    if (meant.getUTCDate() !== start.getUTCDate()) {
      meant.setUTCDate(0);
    }
  } else {
    meant.setUTCDate(meant.getUTCDate() + step * count * (unit === 'W' ? 7 : 1));
  }
  const day = new Date(meant);
  while (count > 0 && weekend(day)) {
    day.setUTCDate(day.getUTCDate() + step);
  }
  return { day, meant };
}

const escape = (text) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim().replace(/[\\;,]/g, '\\$&');

/* Lines of at most 75 octets, never broken in a letter (3.1). */
function fold(line) {
  let size = 0;
  let folded = '';
  for (const sign of line) {
    const bytes = new TextEncoder().encode(sign).length;
    size += bytes;
    if (size > 75) {
      folded += '\r\n ';
      size = bytes + 1;
    }
    folded += sign;
  }
  return `${folded}\r\n`;
}

const compact = (date) => date.toISOString().replace(/[-:]|\.\d+/g, '');

/*
 * A calendar of `moments`: { day, title, place, notes }, with the lines of a list `notes`. Without `time`
 * ("10:30") they take the whole day, with it an hour. `now` and `id` are for the stamps.
 */
export function calendarOf(moments, time, now, id) {
  const lines = moments.flatMap(({ day, title, place, notes }, number) => {
    const date = compact(day).slice(0, 8);
    return [
      'BEGIN:VEVENT',
      `UID:${id}-${number}@draaiboek`,
      `DTSTAMP:${compact(now)}`,
      ...(time
        ? [`DTSTART:${date}T${time.slice(0, 5).replace(':', '')}00`, 'DURATION:PT1H']
        : [`DTSTART;VALUE=DATE:${date}`]),
      `SUMMARY:${escape(title)}`,
      ...(place ? [`LOCATION:${escape(place)}`] : []),
      ...(notes.length > 0 ? [`DESCRIPTION:${notes.map(escape).join('\\n')}`] : []),
      'END:VEVENT',
    ];
  });
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//draaiboek//NL', ...lines, 'END:VCALENDAR']
    .map(fold)
    .join('');
}
