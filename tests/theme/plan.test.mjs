/* The days of a plan of contact moments, and its calendar file, which ical.js has to understand. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import ICAL from 'ical.js';

import { calendarOf, dayAt } from '../../themes/standaard/interface/plan.js';

const iso = (day) => day.toISOString().slice(0, 10);
const at = (start, duration) => {
  const { day, meant } = dayAt(new Date(start), duration);
  return [iso(day), iso(meant)];
};

describe('days', () => {
  test('go by days, weeks and months, over the ends of years and in leap years', () => {
    assert.deepEqual(at('2026-12-30', 'P2D'), ['2027-01-01', '2027-01-01']);
    assert.deepEqual(at('2026-11-25', 'P2W'), ['2026-12-09', '2026-12-09']);
    assert.deepEqual(at('2028-02-15', 'P2W'), ['2028-02-29', '2028-02-29']);
    assert.deepEqual(at('2026-11-25', '-P1W'), ['2026-11-18', '2026-11-18']);
    assert.deepEqual(at('2026-11-25', 'P3M'), ['2027-02-25', '2027-02-25']);
    assert.deepEqual(at('2026-03-25', '-P999D'), [iso(new Date('2023-06-30')), '2023-06-30']);
  });

  test('a month that is shorter ends the count', () => {
    assert.deepEqual(at('2027-08-31', 'P1M'), ['2027-09-30', '2027-09-30']);
    assert.deepEqual(at('2028-01-31', 'P1M'), ['2028-02-29', '2028-02-29']);
    assert.deepEqual(at('2026-12-31', '-P1M'), ['2026-11-30', '2026-11-30']);
  });

  test('in a weekend they move on to Monday, before the start back to Friday', () => {
    assert.deepEqual(at('2026-11-28', 'P1W'), ['2026-12-07', '2026-12-05']);
    assert.deepEqual(at('2026-11-29', 'P1W'), ['2026-12-07', '2026-12-06']);
    assert.deepEqual(at('2026-11-23', '-P1D'), ['2026-11-20', '2026-11-22']);
  });

  test('the start is as the reader wants it', () =>
    assert.deepEqual(at('2026-11-28', 'P0D'), ['2026-11-28', '2026-11-28']));
});

const now = new Date('2026-11-25T09:08:07.123Z');
const moment = (rest) => ({ day: new Date('2026-12-07'), title: 'Moment', notes: [], ...rest });
const parse = (text) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');

describe('the calendar file', () => {
  test('has a whole day for each moment', () => {
    const [event, second, ...rest] = parse(
      calendarOf([moment({}), moment({ day: new Date('2027-01-01') })], '', now, 'abc'),
    );
    assert.equal(rest.length, 0);
    const start = event.getFirstPropertyValue('dtstart');
    assert.ok(start.isDate);
    assert.equal(start.toString(), '2026-12-07');
    assert.equal(event.getFirstPropertyValue('dtstamp').toString(), '2026-11-25T09:08:07Z');
    assert.equal(event.getFirstPropertyValue('summary'), 'Moment');
    assert.equal(event.getFirstProperty('location'), null);
    assert.equal(event.getFirstProperty('description'), null);
    const ids = [event, second].map((one) => one.getFirstPropertyValue('uid'));
    assert.notEqual(ids[0], ids[1]);
  });

  test('with a time it has an hour on the clock, whatever the zone', () => {
    for (const time of ['09:30', '09:30:00']) {
      const [event] = parse(calendarOf([moment({})], time, now, 'abc'));
      const start = event.getFirstPropertyValue('dtstart');
      assert.equal(start.toString(), '2026-12-07T09:30:00');
      assert.equal(start.zone.tzid, 'floating');
      assert.equal(event.getFirstPropertyValue('duration').toString(), 'PT1H');
    }
  });

  test('keeps what is said, with every sign that means something in it', () => {
    const odd = 'a, b; c \\ d: "e"\n BEGIN:VEVENT\r\nEND:VCALENDAR\u0007\u2028f \u{1f44d}';
    const said = odd.replace(/[\s\u0007]+/g, ' ');
    const [event, ...rest] = parse(
      calendarOf([moment({ title: odd, place: odd, notes: [odd, 'tweede'] })], '', now, 'abc'),
    );
    assert.equal(rest.length, 0);
    assert.equal(event.getFirstPropertyValue('summary'), said);
    assert.equal(event.getFirstPropertyValue('location'), said);
    assert.equal(event.getFirstPropertyValue('description'), `${said}\ntweede`);
  });

  test('has lines of at most 75 octets, and breaks no letter', () => {
    for (const sign of ['a', 'é', '€', '\u{1f44d}', ',']) {
      for (let length = 60; length < 80; length++) {
        const title = 'x'.repeat(length % 7) + sign.repeat(length * 3);
        const text = calendarOf([moment({ title })], '', now, 'abc');
        assert.ok(text.endsWith('\r\n'));
        const lines = text.split('\r\n');
        assert.ok(lines.every((line) => Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line)));
        assert.equal(parse(text)[0].getFirstPropertyValue('summary'), title);
      }
    }
  });
});
