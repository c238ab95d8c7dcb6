# draaiboek publish, rollback and the hook post-receive: what is live is whole, and what was pushed.
bats_require_minimum_version 1.5.0

setup() {
	work=$BATS_TEST_TMPDIR/work
	bare=$BATS_TEST_TMPDIR/bare.git
	to=$BATS_TEST_TMPDIR/to
	cp -R tests/golden/regions/in "$work"
	git init -q -b main "$work"
	git init -q --bare -b main "$bare"
	git -C "$work" remote add origin "$bare"
	commit 'Eerste versie'
	git -C "$work" push -q origin main
	cd "$BATS_TEST_TMPDIR" || return
}

commit() {
	git -C "$work" add -A
	git -C "$work" commit -q --allow-empty -m "$1"
}

# Adds a sentence to a page and pushes it.
change() {
	printf '\n%s\n' "$1" >>"$work/playbooks/stappen/ander.md"
	commit "${2:-Een zin erbij}"
	git -C "$work" push -q origin "HEAD:${3:-main}"
}

# An error in the content that no tolerance lets through.
break_it() {
	printf '\n<b>fout</b>\n' >>"$work/playbooks/stappen/ander.md"
	commit 'Een fout'
	git -C "$work" push -q origin main
}

publish() {
	"${program:-$DRAAIBOEK}" publish --repo "$bare" --to "$to" --date "$DRAAIBOEK_DATE" -j 2 "$@"
}

rollback() {
	"$DRAAIBOEK" rollback --to "$to" "$@"
}

# The hook calls the program in $1, or the one with the sanitizers.
hook() {
	git -C "$bare" config draaiboek.to "$to"
	git -C "$bare" config draaiboek.ref refs/heads/main
	cat >"$bare/hooks/post-receive" <<-END
		#!/bin/sh
		exec ${1:-"$DRAAIBOEK"} hooks post-receive --date $DRAAIBOEK_DATE
	END
	chmod +x "$bare/hooks/post-receive"
}

live_commit() {
	sed -n 's/^commit //p' "${1:-$to}/current/MANIFEST"
}

tip() {
	git -C "$bare" rev-parse "${1:-main}"
}

live() {
	readlink "${1:-$to}/current"
}

# Every file that is live, with its hash.
hashes() {
	(cd "$to/current/" && find . -type f -exec sha256sum {} + | sort -k 2)
}

# Waits until a file is there, at most 30 seconds.
wait_for() {
	local i
	for i in $(seq 300); do
		[ -e "$1" ] && return
		sleep 0.1
	done
	return 1
}

# Waits until nobody has the lock.
wait_idle() {
	flock "$to/lock" true
}

leftovers() {
	find "$to" -name request
	find "$to" "$to"/concept/* "$to/releases" "$to"/concept/*/releases -maxdepth 1 -name '.*' \
		! -name .spare 2>/dev/null
	# What is written in pieces is for a moment beside the file that it is the same as.
	find "$to/releases" -name '*.last'
}

no_leftovers() {
	[ -z "$(leftovers)" ] || { leftovers; return 1; }
}

# What is live is what build makes of the branch, with twins; and what MANIFEST says, no more.
assert_whole() {
	rm -rf out
	"$DRAAIBOEK_RELEASE" build -q -s "$bare" --rev main -o out --date "$DRAAIBOEK_DATE"
	diff -r -x .draaiboek -x '*.gz' -x '*.br' -x MANIFEST out "$to/current/"
	(
		cd "$to/current/" || exit
		diff <(sed -n 's/^file [0-9a-f]* [0-9]* //p' MANIFEST) \
			<(find . -type f ! -name MANIFEST | sed 's|^\./||' | LC_ALL=C sort)
		sed -n 's/^file \([0-9a-f]*\) [0-9]* /\1  /p' MANIFEST | sha256sum --quiet -c
		[ -z "$(find . -type d -empty)" ]
		find . -name '*.gz' -o -name '*.br' | while read -r twin; do
			[ "$(stat -c %Y "$twin")" = "$(stat -c %Y "${twin%.*}")" ] || exit 1
		done
		find . -name '*.gz' | while read -r twin; do
			gzip -dc "$twin" | cmp - "${twin%.gz}" || exit 1
		done
	)
}

# ---- A release

@test "publish: the first release is whole, and its MANIFEST tells of every file" {
	run publish
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *'draaiboek: staat op https://draaiboek.example/'* ]]
	[ "$(live)" = "releases/000001-$(tip | cut -c 1-12)" ]
	assert_whole
	cd "$to/current/"
	while read -r _ _ size path; do
		[ "$(stat -c %s "$path")" -eq "$size" ]
	done < <(grep '^file ' MANIFEST)
	[ "$(live_commit)" = "$(tip)" ]
	grep -qx "version $("$DRAAIBOEK" version | cut -d ' ' -f 2)" MANIFEST
	grep -qx "date $DRAAIBOEK_DATE" MANIFEST
	[ "$(cut -d ' ' -f 2- "$to/log")" = "publish $(basename "$(readlink "$to/current")") $(tip)" ]
	grep -q "\"commit\": \"$(tip)\"" "$to/status.json"
	no_leftovers
}

@test "publish: twins unpack to their file, have its time, and are the same each time" {
	publish -q
	cd "$to/current/"
	[ -e index.html.gz ] && [ -e index.html.br ]
	find . -name '*.br' | node -e '
const { readFileSync } = require("fs"), { brotliDecompressSync } = require("zlib");
for (const twin of readFileSync(0, "utf8").trim().split("\n"))
	require("assert").deepEqual(brotliDecompressSync(readFileSync(twin)), readFileSync(twin.slice(0, -3)));'
	find . -name '*.gz' -o -name '*.br' | while read -r twin; do
		[ "$(stat -c %s "$twin")" -lt "$(stat -c %s "${twin%.*}")" ]
	done
	hashes >"$BATS_TEST_TMPDIR/first"
	publish -q --force
	[ "$(live)" = "releases/000002-$(tip | cut -c 1-12)" ]
	[ "$(stat -c %i "$to/releases/000001"-*/index.html)" != "$(stat -c %i "$to/current/index.html")" ]
	hashes | diff "$BATS_TEST_TMPDIR/first" -
}

@test "publish: nothing changed, nothing is done" {
	publish -q
	run publish
	[ "$status" -eq 0 ]
	[[ $output == *'staat al op de site'* ]]
	[ "$(ls "$to/releases" | wc -l)" -eq 1 ]
	run publish --reconcile
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	no_leftovers
}

@test "publish: only what has changed is made, the rest is shared with its twins" {
	local path
	publish -q
	change 'Een nieuwe zin.'
	publish -q
	cd "$to"
	diff -rq releases/000001-* releases/000002-* >"$BATS_TEST_TMPDIR/changed" || true
	grep -q 'stappen/ander/index.html ' "$BATS_TEST_TMPDIR/changed"
	for path in assets begrippen/index.html begrippen/index.html.gz begrippen/index.html.br; do
		find releases/000001-*/"$path" -type f | while read -r old; do
			new=current/${old#releases/*/}
			[ "$old" -ef "$new" ]
		done
	done
	# What differs is newer, so that a server that compares times in seconds sees it.
	[ "$(stat -c %Y current/stappen/ander/index.html)" -gt \
		"$(stat -c %Y releases/000001-*/stappen/ander/index.html)" ]
	[ "$(readlink previous)" = "$(echo releases/000001-*)" ]
}

@test "publish: another day is another release" {
	publish -q
	"$DRAAIBOEK" publish -q --repo "$bare" --to "$to" --date 2026-11-21
	grep -qx 'date 2026-11-21' "$to/current/MANIFEST"
}

@test "publish: errors leave the old site, exit with 1, and are in status.json" {
	publish -q
	hashes >before
	break_it
	run publish
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *'playbooks/stappen/ander.md:'*'[html-raw]'* ]]
	hashes | diff before -
	[ "$(ls "$to/releases" | wc -l)" -eq 1 ]
	node -e '
const { good, failed } = JSON.parse(require("fs").readFileSync(process.argv[1]));
require("assert").equal(failed.commit, process.argv[2]);
require("assert").equal(failed.reason, "content");
require("assert").equal(failed.messages, 3);
require("assert").match(failed.first[0], /html-raw/);
require("assert").match(good.release, /^000001-/);' "$to/status.json" "$(tip)"
	no_leftovers
	# A timer does not try again what cannot go well.
	run publish --reconcile
	[ "$status" -eq 1 ]
	[ -z "$output" ]
}

@test "publish: an adaptation whose section is gone stops nothing, and its text stays" {
	publish -q
	sed -i 's/^## Bellen$/## Opbellen/; s/(#bellen)/(#opbellen)/' "$work/playbooks/stappen/plan.md"
	commit 'Een andere kop'
	git -C "$work" push -q origin main
	run publish
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *'content/regios/twente/stappen/plan.md:9:1: fout: '*'draaiboek: staat op '* ]]
	[ "$(live_commit)" = "$(tip)" ]
	grep -q 'Wij bellen u' "$to/current/regio/twente/stappen/plan/index.html"
	grep -q 'Opbellen' "$to/current/regio/twente/stappen/plan/index.html"
}

# ---- Where

@test "publish: a folder that is not ours, or lies in the repository, is left alone" {
	mkdir vreemd
	echo van mij >vreemd/brief.txt
	run "$DRAAIBOEK" publish --repo "$bare" --to vreemd
	[ "$status" -eq 2 ]
	[[ $output == *'vreemd'*'[publish-foreign]'* ]]
	[ "$(ls -A vreemd)" = brief.txt ]
	mkdir -p kapstok/releases/20260101120000
	run "$DRAAIBOEK" publish --repo "$bare" --to kapstok
	[ "$status" -eq 2 ]
	[ "$(ls -A kapstok)" = releases ]
	for folder in "$bare" "$bare/pub" "$bare/objects/../pub/site"; do
		run "$DRAAIBOEK" publish --repo "$bare" --to "$folder"
		[ "$status" -eq 2 ]
		[[ $output == *'[hooks-inside]'* ]]
	done
	[ ! -e "$bare/pub" ]
	run "$DRAAIBOEK" rollback --to "$work"
	[ "$status" -eq 2 ]
	run "$DRAAIBOEK" rollback --to leeg
	[ "$status" -eq 2 ]
	[ ! -e leeg ]
}

@test "publish: what is missing is said" {
	run "$DRAAIBOEK" publish --to "$to"
	[ "$status" -eq 2 ]
	[[ $output == *'--repo'* ]]
	run "$DRAAIBOEK" publish --repo "$bare"
	[ "$status" -eq 2 ]
	[[ $output == *'--to'* ]]
	run publish --ref bestaat-niet
	[ "$status" -eq 2 ]
	[[ $output == *'[revision-unknown]'* ]]
	run "$DRAAIBOEK" publish --repo nergens --to "$to"
	[ "$status" -eq 2 ]
	[[ $output == *'nergens'*'[publish-repository]'* ]]
}

@test "publish: readable for the web server, whatever the umask" {
	(umask 077 && publish -q)
	[ -z "$(find "$to/" -type d ! -perm 0755)" ]
	[ -z "$(find "$to/" -type f ! -perm 0644)" ]
}

@test "publish: an unreadable HOME and an empty environment do not matter" {
	mkdir home
	chmod 000 home
	env -i HOME="$PWD/home" PATH="$PATH" ASAN_OPTIONS="$ASAN_OPTIONS" "$DRAAIBOEK" publish -q \
		--repo "$bare" --to "$to" --date "$DRAAIBOEK_DATE"
	[ "$(live_commit)" = "$(tip)" ]
	chmod 755 home
}

@test "publish: another branch by name" {
	change 'Op een zijpad.' 'Zijpad' zijpad
	publish -q --ref zijpad
	[ "$(live_commit)" = "$(tip zijpad)" ]
}

# ---- Back

@test "rollback: back and forth, and pinned until the branch moves" {
	publish -q
	hashes >first
	change 'Twee.'
	publish -q
	run rollback
	[ "$status" -eq 0 ]
	hashes | diff first -
	[ "$(cat "$to/pin")" = "$(basename "$(live)") $(tip)" ]
	[ "$(tail -n 1 "$to/log" | cut -d ' ' -f 2)" = rollback ]
	run publish --reconcile
	[ "$status" -eq 0 ]
	hashes | diff first -
	run publish
	[ "$status" -eq 0 ]
	[[ $output == *'--force'* ]]
	hashes | diff first -
	rollback -q
	[ "$(live_commit)" = "$(tip)" ]
	rollback -q
	hashes | diff first -
	change 'Drie.'
	publish -q --reconcile
	[ "$(live_commit)" = "$(tip)" ]
	[ ! -e "$to/pin" ]
	no_leftovers
}

@test "rollback: --force publishes what was rolled back" {
	publish -q
	change 'Twee.'
	publish -q
	rollback -q
	publish -q --force
	[ "$(live_commit)" = "$(tip)" ]
	[ ! -e "$to/pin" ]
}

@test "rollback: to a release by name; one that is not there is said" {
	local first
	publish -q
	first=$(basename "$(live)")
	run rollback
	[ "$status" -eq 2 ]
	[[ $output == *'[release-none]'* ]]
	change 'Twee.'
	publish -q
	change 'Drie.'
	publish -q
	rollback -q "$first"
	[ "$(live)" = "releases/$first" ]
	for name in 000099-000000000000 .. ../releases onzin; do
		run rollback "$name"
		[ "$status" -eq 2 ]
		[[ $output == *'[release-none]'* ]]
	done
	[ "$(live)" = "releases/$first" ]
}

@test "rollback: a release that is not as it was is refused" {
	publish -q
	change 'Twee.'
	publish -q
	live >before
	for harm in 'truncate -s -1' 'rm -f' 'sed -i s/Spreek/Breek/' 'ln -sf /etc/passwd'; do
		rm -rf "$to/releases/000001-copy"
		cp -a "$to"/releases/000001-*/stappen/plan/index.html saved
		$harm "$to"/releases/000001-*/stappen/plan/index.html
		run rollback
		[ "$status" -eq 2 ]
		[[ $output == *'stappen/plan/index.html'* ]]
		[ "$(live)" = "$(cat before)" ]
		[ ! -e "$to/pin" ]
		rm -f "$to"/releases/000001-*/stappen/plan/index.html
		cp -a saved "$(echo "$to"/releases/000001-*)/stappen/plan/index.html"
	done
	sed -i 3d "$to"/releases/000001-*/MANIFEST
	run rollback
	[ "$status" -eq 2 ]
	[[ $output == *'MANIFEST'* ]]
}

# ---- What goes

@test "publish: five releases stay, and what links and pin name" {
	local i first
	publish -q
	first=$(basename "$(live)")
	for i in 2 3 4 5 6; do
		change "Zin $i."
		publish -q
	done
	[ "$(ls "$to/releases" | wc -l)" -eq 5 ]
	[ ! -e "$to/releases/$first" ]
	rollback -q "$(basename "$to"/releases/000002-*)"
	change 'Zin 7.'
	publish -q --keep 1
	[ "$(ls "$to/releases" | cut -c 1-6 | tr '\n' ' ')" = '000002 000007 ' ]
	change 'Zin 8.'
	publish -q --keep 1
	[ "$(ls "$to/releases" | cut -c 1-6 | tr '\n' ' ')" = '000007 000008 ' ]
	no_leftovers
}

@test "publish: a release that is made in the folders of an old one holds nothing else of it" {
	local i
	printf -- '---\ntitel: Oud\nsamenvatting: x\neigenaar: y\nherzien-voor: 2027-01-01\n---\nTekst.\n' \
		>"$work/content/oud.md"
	for i in 1 2 3; do
		change "Zin $i."
		publish -q --keep 1
	done
	[ -d "$to/releases/.spare" ]
	[ "$(ls "$to/releases" | wc -l)" -eq 2 ]
	rm "$work/content/oud.md"
	sed -i '/Zin [23]/d' "$work/playbooks/stappen/ander.md"
	change 'Zin 4.'
	publish -q --keep 1
	assert_whole
	no_leftovers
	for i in 5 6; do
		# What somebody put there, took away or touched.
		echo meer >"$to/releases/.spare/stappen/meer.html"
		rm -f "$to/releases/.spare/index.html" "$to/releases/.spare/begrippen/index.html.br"
		truncate -s 3 "$to/releases/.spare/404.html"
		touch "$to/releases/.spare/zoek/index.html.gz"
		change "Zin $i."
		publish -q --keep 1
		rm -f "$to/current/stappen/meer.html"
		assert_whole
	done
	# With more in it than it should have, a release does not become the spare.
	rm -rf "$to/releases/.spare"
	echo meer >"$to/previous/stappen/meer.html"
	change 'Zin 7.'
	publish -q --keep 1
	change 'Zin 8.'
	publish -q --keep 1
	assert_whole
	truncate -s 100 "$to/releases/.spare/MANIFEST"
	change 'Zin 9.'
	publish -q --keep 1
	assert_whole
	no_leftovers
}

@test "publish: what a killed run has left is cleared away and completed" {
	local first
	publish -q
	first=$(live)
	mkdir -p "$to/releases/.new-000002-0123456789ab/x" "$to/releases/.trash-000000-0123456789ab/y"
	echo half >"$to/releases/.new-000002-0123456789ab/x/index.html"
	cp -a "$to/$first" "$to/releases/000002-0123456789ab"
	ln -s releases/000002-0123456789ab "$to/.current.tmp"
	echo half >"$to/.log.tmp"
	publish -q
	[ "$(live)" = "$first" ]
	[ "$(ls -A "$to/releases")" = "$(basename "$first")" ]
	no_leftovers
	# Killed behind the switch: the log and the way back are made good.
	change 'Twee.'
	publish -q
	sed -i '$d' "$to/log"
	rm "$to/previous"
	publish -q
	[ "$(readlink "$to/previous")" = "$first" ]
	[ "$(tail -n 1 "$to/log" | cut -d ' ' -f 2-)" = "publish $(basename "$(live)") $(tip)" ]
}

@test "publish: a file of the last release that is gone is made again" {
	publish -q
	rm "$to/current/begrippen/index.html" "$to/current/index.html.gz"
	change 'Twee.'
	publish -q
	[ -e "$to/current/begrippen/index.html" ]
	[ -e "$to/current/index.html.gz" ]
	(cd "$to/current/" && sed -n 's/^file \([0-9a-f]*\) [0-9]* /\1  /p' MANIFEST | sha256sum --quiet -c)
	# One whose MANIFEST is damaged is of no use, and is not used.
	truncate -s 100 "$to/current/MANIFEST"
	change 'Drie.'
	publish -q
	(cd "$to/current/" && sed -n 's/^file \([0-9a-f]*\) [0-9]* /\1  /p' MANIFEST | sha256sum --quiet -c)
}

# ---- The hook

@test "hook: a push is live when it ends, and the pusher reads where" {
	hook
	printf '\nZin.\n' >>"$work/playbooks/stappen/ander.md"
	commit 'Zin'
	run git -C "$work" push origin main
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *'remote: draaiboek: bouwt '*'remote: draaiboek: staat op https://draaiboek.example/'* ]]
	[ "$(live_commit)" = "$(tip)" ]
	wait_idle
	no_leftovers
	grep -q 'staat op' "$to/publish.log"
}

@test "hook: an error is shown, the old site stays, and the push stays too" {
	hook
	change 'Zin.'
	hashes >before
	printf '\n<b>fout</b>\n' >>"$work/playbooks/stappen/ander.md"
	commit 'Een fout'
	run git -C "$work" push origin main
	[[ $output == *'remote: playbooks/stappen/ander.md:'*'[html-raw]'* ]]
	[ "$(tip)" = "$(git -C "$work" rev-parse HEAD)" ]
	hashes | diff before -
	wait_idle
	no_leftovers
}

@test "hook: other branches are stored and not published" {
	hook
	run git -C "$work" push origin main:zijpad main:concept/Groot
	echo "$output"
	[ "$status" -eq 0 ]
	[ ! -e "$to" ]
}

@test "hook: a repository that does not say where is told how" {
	hook
	git -C "$bare" config --unset draaiboek.to
	printf '\nZin.\n' >>"$work/playbooks/stappen/ander.md"
	commit 'Zin'
	run git -C "$work" push origin main
	[ "$status" -eq 0 ]
	[[ $output == *'[publish-setting]'* ]]
	run "$DRAAIBOEK" hooks onzin
	[ "$status" -eq 2 ]
}

@test "hook: after a rollback the site stays, until the next push" {
	hook
	change 'Een.'
	change 'Twee.'
	rollback -q
	live >before
	git -C "$work" push -q origin main:concept/proef
	wait_idle
	[ "$(live)" = "$(cat before)" ]
	change 'Drie.'
	[ "$(live_commit)" = "$(tip)" ]
}

@test "hook: pushes that come together are published together, and what is live is the branch" {
	local i
	hook
	for i in 1 2 3 4 5 6; do
		git clone -q "$bare" "clone$i"
		(
			cd "clone$i" || exit
			printf -- '---\ntitel: Van %s\nsamenvatting: x\neigenaar: y\nherzien-voor: 2027-01-01\n---\nTekst.\n' \
				"$i" >"content/van-$i.md"
			git add -A
			git commit -q -m "Van $i"
			until git push -q origin main >push.log 2>&1; do
				cat push.log >>all.log
				git pull -q --rebase origin main
			done
			cat push.log >>all.log
		) 3>&- &
	done
	wait
	wait_idle
	cat clone*/all.log
	[ "$(live_commit)" = "$(tip)" ]
	for i in 1 2 3 4 5 6; do [ -e "$to/current/van-$i/index.html" ]; done
	# Never two builders: each number is used once, and there are no more builds than pushes.
	[ "$(wc -l <"$to/log")" -le 6 ]
	[ "$(cut -d ' ' -f 3 "$to/log" | sort -u | wc -l)" -eq "$(wc -l <"$to/log")" ]
	no_leftovers
}

@test "hook: a builder that is at it includes a push that comes meanwhile" {
	command -v strace >/dev/null || skip 'no strace'
	hook "strace -f -o /dev/null -e inject=syncfs:delay_enter=2s $DRAAIBOEK_RELEASE"
	printf '\nEen.\n' >>"$work/playbooks/stappen/ander.md"
	commit Een
	git -C "$work" push -q origin main >first.log 2>&1 3>&- &
	wait_for "$to/releases"
	printf '\nTwee.\n' >>"$work/playbooks/stappen/ander.md"
	commit Twee
	run git -C "$work" push origin main
	[[ $output == *'er loopt al een bouw; die neemt dit mee'* ]]
	run publish --reconcile
	[ "$status" -eq 0 ]
	[[ $output == *'er loopt al een bouw; die neemt dit mee'* ]]
	wait
	wait_idle
	[ "$(live_commit)" = "$(tip)" ]
	[ "$(wc -l <"$to/log")" -eq 2 ]
	no_leftovers
}

@test "hook: a pusher who is killed during the build does not stop it" {
	command -v strace >/dev/null || skip 'no strace'
	local pusher
	hook "strace -f -o /dev/null -e inject=syncfs:delay_enter=2s $DRAAIBOEK_RELEASE"
	printf '\nEen.\n' >>"$work/playbooks/stappen/ander.md"
	commit Een
	setsid git -C "$work" push -q origin main >push.log 2>&1 3>&- &
	pusher=$!
	wait_for "$to/releases"
	kill -KILL -- "-$pusher"
	wait "$pusher" || true
	[ ! -e "$to/current" ]
	wait_for "$to/current"
	wait_idle
	[ "$(live_commit)" = "$(tip)" ]
	no_leftovers
}

@test "hook: who builds by hand waits for a builder that is at it" {
	command -v strace >/dev/null || skip 'no strace'
	hook "strace -f -o /dev/null -e inject=syncfs:delay_enter=2s $DRAAIBOEK_RELEASE"
	printf '\nEen.\n' >>"$work/playbooks/stappen/ander.md"
	commit Een
	git -C "$work" push -q origin main >first.log 2>&1 3>&- &
	wait_for "$to/releases"
	run publish
	[ "$status" -eq 0 ]
	[[ $output == *'deze wacht daarop'*'staat al op de site'* ]]
	wait
}

# ---- Previews

@test "preview: made with its branch, says what it is, and goes with it" {
	hook
	change 'Op de site.'
	printf '\nIn het voorbeeld.\n' >>"$work/playbooks/stappen/ander.md"
	commit 'Voorbeeld'
	run git -C "$work" push origin main:concept/zomer-26
	echo "$output"
	[[ $output == *'het voorbeeld staat op https://draaiboek.example/concept/zomer-26/'* ]]
	[ "$(live_commit "$to/concept/zomer-26")" = "$(tip concept/zomer-26)" ]
	[ "$(live_commit)" = "$(tip main)" ]
	cd "$to/concept/zomer-26/current/"
	grep -q 'In het voorbeeld' stappen/ander/index.html
	! grep -q 'In het voorbeeld' "$to/current/stappen/ander/index.html"
	find . -name '*.html' | while read -r page; do
		grep -q '<meta name="robots" content="noindex">' "$page"
	done
	grep -q 'Dit is een voorbeeld van zomer-26' index.html
	grep -q 'href="https://draaiboek.example/"' index.html
	! grep -q 'class="voorbeeld"' "$to/current/index.html"
	grep -q 'rel="canonical" href="https://draaiboek.example/concept/zomer-26/stappen/plan/"' stappen/plan/index.html
	grep -q 'https://draaiboek.example/concept/zomer-26/' atom.xml
	grep -q 'href="/concept/zomer-26/' 404.html
	grep -qx 'Disallow: /' robots.txt
	[ -z "$(find . -name '*.gz' -o -name '*.br')" ]
	cd "$work"
	printf '\nNog iets.\n' >>playbooks/stappen/ander.md
	commit 'Voorbeeld'
	git push -q origin main:concept/zomer-26
	wait_idle
	[ "$(live_commit "$to/concept/zomer-26")" = "$(tip concept/zomer-26)" ]
	[ "$(ls "$to/concept/zomer-26/releases" | wc -l)" -eq 1 ]
	run git push origin :concept/zomer-26
	[[ $output == *'het voorbeeld zomer-26 is weg'* ]]
	wait_idle
	[ -z "$(ls -A "$to/concept")" ]
	no_leftovers
}

@test "preview: --reconcile makes what is missing and removes what has no branch" {
	git -C "$work" push -q origin main:concept/een main:concept/twee
	publish -q
	[ ! -e "$to/concept" ]
	publish -q --reconcile
	[ "$(live_commit "$to/concept/een")" = "$(tip)" ]
	[ "$(live_commit "$to/concept/twee")" = "$(tip)" ]
	git -C "$work" push -q origin :concept/een
	mkdir "$to/concept/.trash-oud"
	publish -q --reconcile
	[ "$(ls -A "$to/concept")" = twee ]
}

@test "preview: concept is no name for a page or a collection" {
	cp "$work/content/index.md" "$work/content/concept.md"
	run "$DRAAIBOEK" check -s "$work"
	[ "$status" -eq 1 ]
	[[ $output == *'content/concept.md: '*'[page-reserved]'* ]]
	rm "$work/content/concept.md"
	sed -i 's/^  stappen:/  concept: {titel: Concept}\n&/' "$work/content/site.yml"
	run "$DRAAIBOEK" check -s "$work"
	[[ $output == *'[collection-name]'* ]]
}
