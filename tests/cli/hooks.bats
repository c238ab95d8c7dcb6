# draaiboek hooks install, and what draaiboek doctor says of a repository.

setup() {
	. tests/cli/hub.bash
	hub=$BATS_TEST_TMPDIR/hub.git
	to=$BATS_TEST_TMPDIR/www
	git init -q --bare -b main "$hub"
	cd "$BATS_TEST_TMPDIR"
}

install_hooks() {
	run "$DRAAIBOEK" hooks install --repo "$hub" --to "$to" "$@"
}

doctor() {
	run "$DRAAIBOEK" doctor --repo "$hub" "$@"
}

setting() {
	git -C "$hub" config --local "$1"
}

# Everything of the repository: names, modes, bytes, times.
state() {
	(cd "$hub" && find . -printf '%p %m %T@ %l\n' | sort && cat config hooks/p*receive*)
}

# ---- hooks install

@test "hooks: install makes the settings, the hooks and the folder" {
	install_hooks
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[ "$(setting receive.fsckObjects)" = true ]
	[ "$(setting receive.unpackLimit)" = 1 ]
	[ "$(setting receive.maxInputSize)" = 256m ]
	[ "$(setting receive.denyDeletes)" = false ]
	[ "$(setting core.fsync)" = all ]
	[ "$(setting core.logAllRefUpdates)" = true ]
	[ "$(setting draaiboek.to)" = "$to" ]
	[ "$(setting draaiboek.ref)" = refs/heads/main ]
	[ -d "$to" ]
	for hook in pre-receive post-receive; do
		[ "$(stat -c %a "$hub/hooks/$hook")" = 755 ]
		sh -n "$hub/hooks/$hook"
		grep -qF "exec '$DRAAIBOEK' hooks $hook" "$hub/hooks/$hook"
	done
}

@test "hooks: install once more changes nothing, and mends what was changed" {
	install_hooks
	before=$(state)
	install_hooks
	[ "$status" -eq 0 ]
	diff <(echo "$before") <(state)
	echo '# anders' >>"$hub/hooks/pre-receive"
	chmod 644 "$hub/hooks/post-receive"
	git -C "$hub" config receive.unpackLimit 50
	install_hooks
	[ "$status" -eq 0 ]
	[ "$(setting receive.unpackLimit)" = 1 ]
	! grep -q anders "$hub/hooks/pre-receive"
	[ -x "$hub/hooks/post-receive" ]
	[ ! -e "$hub/hooks/pre-receive.eigen" ]
}

@test "hooks: mode 0755 whatever the umask, and no file is left beside it" {
	umask 077
	install_hooks
	[ "$(stat -c %a "$hub/hooks/pre-receive")" = 755 ]
	[ -z "$(find "$hub/hooks" -name '.*' -type f)" ]
}

@test "hooks: the branch is the one asked for, and stays when it is not" {
	install_hooks --ref refs/heads/site
	[ "$(setting draaiboek.ref)" = refs/heads/site ]
	install_hooks
	[ "$(setting draaiboek.ref)" = refs/heads/site ]
	install_hooks --ref main
	[ "$status" -eq 2 ]
	says 'hooks-reference'
}

@test "hooks: a relative folder is kept as an absolute one" {
	run "$DRAAIBOEK" hooks install --repo hub.git --to een/twee
	[ "$status" -eq 0 ]
	[ "$(setting draaiboek.to)" = "$BATS_TEST_TMPDIR/een/twee" ]
}

@test "hooks: a hook of one's own is kept, and runs first with the same input" {
	cat >"$hub/hooks/pre-receive" <<-'END'
		#!/bin/sh
		echo "eigen: $# $(cat)"
		[ ! -e "$GIT_DIR/streng" ]
	END
	chmod +x "$hub/hooks/pre-receive"
	install_hooks
	[ "$status" -eq 0 ]
	grep -q 'echo "eigen' "$hub/hooks/pre-receive.eigen"
	rm "$hub/hooks/post-receive"
	git clone -q "$hub" clone 2>/dev/null
	clone=$PWD/clone
	make_site
	git -C clone checkout -q -B main
	commit
	push
	[ "$status" -eq 0 ]
	[[ $output == *"remote: eigen: 0 0000000000000000000000000000000000000000 $(git -C clone rev-parse HEAD) refs/heads/main"*"is in orde"* ]]

	# Either of the two can refuse.
	touch "$hub/streng"
	echo >>clone/playbooks/subsidies/x.md
	commit
	push
	[ "$status" -ne 0 ]
	says 'remote: eigen:'
	says_not 'is in orde'
	rm "$hub/streng"
	echo '[x](weg.md)' >>clone/playbooks/subsidies/x.md
	commit
	push
	[ "$status" -ne 0 ]
	says 'link-broken'
	install_hooks
	[ "$status" -eq 0 ]
	grep -q 'echo "eigen' "$hub/hooks/pre-receive.eigen"
}

@test "hooks: a hook that cannot be kept is not touched" {
	echo een >"$hub/hooks/pre-receive"
	echo twee >"$hub/hooks/pre-receive.eigen"
	install_hooks
	[ "$status" -eq 2 ]
	says 'hooks-both'
	[ "$(cat "$hub/hooks/pre-receive" "$hub/hooks/pre-receive.eigen")" = $'een\ntwee' ]
}

@test "hooks: a program with a quote in its path is called all the same" {
	mkdir "it's"
	cp "$DRAAIBOEK" "it's/draaiboek"
	run "it's/draaiboek" hooks install --repo "$hub" --to "$to"
	[ "$status" -eq 0 ]
	sh -n "$hub/hooks/pre-receive"
	cd "$hub"
	run sh hooks/pre-receive <<<'hallo'
	says 'receive-line'
}

@test "hooks: what cannot be is said, and nothing is changed" {
	before=$(state 2>/dev/null)
	run "$DRAAIBOEK" hooks install --repo "$hub"
	[ "$status" -eq 2 ]
	says '--to ontbreekt'
	run "$DRAAIBOEK" hooks install --to "$to"
	says '--repo ontbreekt'
	run "$DRAAIBOEK" hooks install --repo nergens --to "$to"
	[ "$status" -eq 2 ]
	run "$DRAAIBOEK" hooks install --repo "$hub" --to "$hub/www/x"
	[ "$status" -eq 2 ]
	says 'hooks-inside'
	[ ! -e "$hub/www" ]
	ln -s hub.git/refs omweg
	run "$DRAAIBOEK" hooks install --repo "$hub" --to omweg/www
	says 'hooks-inside'
	touch bestand
	run "$DRAAIBOEK" hooks install --repo "$hub" --to bestand
	[ "$status" -eq 2 ]
	says 'bestand: een deel van het pad is geen map'
	git init -q met-bestanden
	run "$DRAAIBOEK" hooks install --repo met-bestanden --to "$to"
	[ "$status" -eq 2 ]
	says 'hub-not-bare'
	run "$DRAAIBOEK" hooks instal
	[ "$status" -eq 2 ]
	says 'bedoelt u: install?'
	run "$DRAAIBOEK" hooks
	[ "$status" -eq 2 ]
	diff <(echo "$before") <(state 2>/dev/null)
}

@test "hooks: a folder that cannot be written is refused" {
	[ "$(id -u)" -eq 0 ] || skip 'needs root'
	place=$(mktemp -d /tmp/draaiboek-test-XXXXXX)
	copy_program "$place"
	mkdir "$place/www"
	cp -R "$hub" "$place/hub.git"
	chown -R 12345 "$place/hub.git"
	chmod -R a+rX "$place"
	run setpriv --reuid 12345 --clear-groups "$place/draaiboek" hooks install \
		--repo "$place/hub.git" --to "$place/www"
	rm -rf "$place"
	[ "$status" -eq 2 ]
	says 'geen toegang'
}

# ---- doctor

@test "doctor: after install all is right but that nothing is published" {
	install_hooks
	doctor
	[ "$status" -eq 0 ]
	says 'goed    receive.fsckObjects = true'
	says "goed    de hook pre-receive roept $DRAAIBOEK aan"
	says 'let op  refs/heads/main wordt gepubliceerd, maar heeft nog geen commit'
	says 'let op  er is nog niets gepubliceerd'
	says_not 'fout '
}

@test "doctor: what is not right is said, with how to mend it" {
	install_hooks
	git -C "$hub" config receive.unpackLimit 100
	git -C "$hub" config --unset core.fsync
	git -C "$hub" config receive.fsck.missingEmail ignore
	git -C "$hub" config core.hooksPath /ergens
	rm "$hub/hooks/post-receive"
	echo anders >"$hub/hooks/pre-receive"
	doctor
	[ "$status" -eq 1 ]
	says 'fout    receive.unpackLimit is "100" en niet 1'
	says 'Herstel dit: git config receive.unpackLimit 1'
	says 'fout    core.fsync is "" en niet all'
	says 'let op  git ziet iets door de vingers in wat gepusht wordt: receive.fsck.missingemail = ignore'
	says 'fout    git zoekt de hooks in /ergens'
	says 'fout    er is geen hook post-receive'
	says 'fout    de hook pre-receive is niet van draaiboek'
	says 'draaiboek: fout: 5 dingen zijn te herstellen'

	# All but the last is mended by installing again.
	git -C "$hub" config --unset core.hooksPath
	install_hooks
	doctor
	[ "$status" -eq 0 ]
}

@test "doctor: hooks of another program, or that may not be run" {
	install_hooks
	sed -i "s|$DRAAIBOEK|/weg/draaiboek|" "$hub/hooks/pre-receive"
	chmod 644 "$hub/hooks/post-receive"
	doctor
	[ "$status" -eq 1 ]
	says 'fout    de hook pre-receive is van een ander draaiboek, of is veranderd'
	says 'fout    de hook post-receive mag niet worden uitgevoerd'
}

@test "doctor: a repository that cannot serve" {
	doctor --to "$to"
	[ "$status" -eq 1 ]
	says 'fout    draaiboek.to is niet ingesteld'
	says "fout    $to is geen map"
	run "$DRAAIBOEK" doctor --repo nergens
	[ "$status" -eq 1 ]
	says 'is geen git-repository'
	git init -q --bare --object-format=sha256 sha256.git
	run "$DRAAIBOEK" doctor --repo sha256.git
	[ "$status" -eq 1 ]
	says 'SHA-256'
	run "$DRAAIBOEK" doctor
	[ "$status" -eq 2 ]
	git init -q met-bestanden
	run "$DRAAIBOEK" doctor --repo met-bestanden
	says 'geen kale (bare) repository'
}

@test "doctor: a shallow repository" {
	install_hooks
	commit_in_hub
	git -C "$hub" rev-parse main >"$hub/shallow"
	doctor
	[ "$status" -eq 1 ]
	says 'ondiepe kloon'
}

commit_in_hub() {
	git -C "$hub" update-ref refs/heads/main \
		"$(git -C "$hub" commit-tree -m x "$(git -C "$hub" mktree </dev/null)")"
	commit=$(git -C "$hub" rev-parse main)
}

# A release of this commit, that is live.
release() {
	mkdir -p "$to/releases/$1"
	printf 'draaiboek-release 1\ncommit %s\nversion 0\ndate 2026-11-20\n' "$2" >"$to/releases/$1/MANIFEST"
	ln -sfn "releases/$1" "$to/current"
}

@test "doctor: what is live is held against the branch" {
	install_hooks
	commit_in_hub
	doctor
	[ "$status" -eq 1 ]
	says "er is nog geen site, terwijl ${commit:0:12} er moet staan. Herstel dit: draaiboek publish --reconcile"
	release 000001-aaaaaaaaaaaa "$commit"
	doctor
	[ "$status" -eq 0 ]
	says 'goed    releases/000001-aaaaaaaaaaaa is te zien, van de laatste commit'
	other=$(printf 'b%.0s' {1..40})
	release 000002-bbbbbbbbbbbb "$other"
	doctor
	[ "$status" -eq 1 ]
	says "fout    releases/000002-bbbbbbbbbbbb is te zien, van bbbbbbbbbbbb en niet van ${commit:0:12}"
	echo "000002-bbbbbbbbbbbb $commit" >"$to/pin"
	doctor
	[ "$status" -eq 0 ]
	says 'let op  de site is teruggezet naar 000002-bbbbbbbbbbbb'
	echo "000002-bbbbbbbbbbbb $other" >"$to/pin"
	doctor
	[ "$status" -eq 1 ]
	rm "$to/releases/000002-bbbbbbbbbbbb/MANIFEST"
	doctor
	says 'heeft geen leesbare MANIFEST'
	ln -sfn /etc "$to/current"
	doctor
	says 'current leidt niet naar een release'
}

@test "doctor: leftovers and the last failure" {
	install_hooks
	commit_in_hub
	release 000001-aaaaaaaaaaaa "$commit"
	mkdir "$to/releases/.new-000002" "$to/releases/.trash-000000"
	doctor
	[ "$status" -eq 0 ]
	says 'let op  2 dingen zijn half gemaakt of half verwijderd'
	echo '{"good":{"time":"2026-11-20T10:00:00Z"},"failed":{"commit":"'"$commit"'","time":"2026-11-20T11:00:00Z"}}' >"$to/status.json"
	doctor
	[ "$status" -eq 1 ]
	says "fout    de laatste keer publiceren, van ${commit:0:12}, mislukte op 2026-11-20T11:00:00Z"
	echo '{"good":{"time":"2026-11-20T12:00:00Z"},"failed":{"commit":"x","time":"2026-11-20T11:00:00Z"}}' >"$to/status.json"
	doctor
	[ "$status" -eq 0 ]
}

@test "doctor: a folder in the repository, or of another" {
	install_hooks
	mkdir "$hub/www" ander
	doctor --to "$hub/www"
	[ "$status" -eq 1 ]
	says 'ligt in de repository'
	doctor --to ander
	[ "$status" -eq 1 ]
	says "een push wordt gepubliceerd in $to, en niet in ander"
	if [ "$(id -u)" -eq 0 ]; then
		chown 12345 "$to"
		doctor
		says 'verschillende eigenaars'
	fi
}
