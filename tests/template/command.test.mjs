// `draaiboek template` as a command: where it finds partials, what it says, its exit status.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import test from 'node:test';

const program = resolve(process.env.DRAAIBOEK ?? 'build/draaiboek');

/** Runs the command in a folder with these files. */
function run(files, ...words) {
	const folder = mkdtempSync(join(tmpdir(), 'template-'));
	try {
		for (const [name, text] of Object.entries(files)) {
			mkdirSync(join(folder, name, '..'), { recursive: true });
			writeFileSync(join(folder, name), text);
		}
		return spawnSync(program, ['template', ...words], { cwd: folder, encoding: 'utf8' });
	} finally {
		rmSync(folder, { recursive: true });
	}
}

test('partials stand beside the template', () => {
	const files = { 'd.json': '{"a": 1}', 'map/t.html': '{{>deel}}', 'map/deel.mustache': '[{{a}}]' };
	assert.equal(run(files, '--data', 'd.json', 'map/t.html').stdout, '[1]');
	const beside = { 'd.json': '{}', 't.html': '{{>deel}}', 'deel.mustache': '[]' };
	assert.equal(run(beside, '--data', 'd.json', 't.html').stdout, '[]');
});

test('partials stand in the folder that is named', () => {
	const files = { 'd.json': '{}', 't.html': '{{>a/b}}{{>weg}}.', 'p/a/b.mustache': 'x', 'a/b.mustache': 'y' };
	const { stdout, status } = run(files, '--data', 'd.json', '--partials', 'p', 't.html');
	assert.equal(stdout, 'x.');
	assert.equal(status, 0);
});

test('a partial outside the folder does not exist', () => {
	const files = { 'd.json': '{}', 't.html': '[{{>../geheim}}{{>/etc/passwd}}]', 'geheim.mustache': 'x' };
	assert.equal(run(files, '--data', 'd.json', '--partials', 'p', 't.html').stdout, '[]');
});

test('errors in a template: every one, with its place, and nothing on standard output', () => {
	const files = { 'd.json': '{}', 't.html': 'Dag\n<a {{x}}>\n{{>deel}}', 'deel.mustache': '\n{{/y}}' };
	const { stdout, stderr, status } = run(files, '--data', 'd.json', 't.html');
	assert.equal(stdout, '');
	assert.equal(status, 1);
	assert.match(stderr, /deel\.mustache:2:1: .*\[template-closes-nothing\]/);
	assert.match(stderr, /^t\.html:2:4: .*\[template-in-tag\]/m);
});

test('a partial without end', () => {
	const files = { 'd.json': '{}', 'p.mustache': 'x{{>p}}{{>p}}' };
	const { stdout, stderr, status } = run(files, '--data', 'd.json', 'p.mustache');
	assert.equal(stdout, '');
	assert.equal(status, 1);
	assert.match(stderr, /p\.mustache:1:2: .*\[template-depth\]/);
});

test('files that are not there, or are no JSON', () => {
	assert.equal(run({ 'd.json': '{}' }, '--data', 'd.json', 'weg.html').status, 2);
	assert.equal(run({ 't.html': 'x' }, '--data', 'weg.json', 't.html').status, 2);
	const { stdout, status } = run({ 'd.json': '{', 't.html': 'x' }, '--data', 'd.json', 't.html');
	assert.equal(stdout, '');
	assert.notEqual(status, 0);
});
