// Renders a template with the program, as a theme maker does on the command line.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const program = process.env.DRAAIBOEK ?? 'build/draaiboek';

/** What `draaiboek template` prints for a case: its template, data and partials. */
export function render({ template, data, partials = {} }) {
	const folder = mkdtempSync(join(tmpdir(), 'template-'));
	try {
		writeFileSync(join(folder, 'template'), template);
		writeFileSync(join(folder, 'data.json'), JSON.stringify(data));
		mkdirSync(join(folder, 'partials'));
		for (const [name, text] of Object.entries(partials)) {
			const path = join(folder, 'partials', `${name}.mustache`);
			mkdirSync(dirname(path), { recursive: true });
			writeFileSync(path, text);
		}
		return execFileSync(program, ['template', '--data', join(folder, 'data.json'),
			'--partials', join(folder, 'partials'), join(folder, 'template')],
			{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
	} finally {
		rmSync(folder, { recursive: true });
	}
}
