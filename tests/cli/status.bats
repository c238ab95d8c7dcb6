# draaiboek status: everything there can be to keep up, as text and as JSON.
# shellcheck disable=SC2154

setup() {
	top=$PWD
	site=$BATS_TEST_TMPDIR/site
	mkdir -p "$site/content/regios/noord/regeling" "$site/content/regios/zuid/regeling" \
		"$site/playbooks/regeling"
	cd "$site" || return
	git init -q -b main .
	cat >content/site.yml <<-'END'
		titel: Proef
		adres: https://proef.example
		verzamelingen:
		  regeling: {titel: Regelingen}
	END
	cat >content/regios/noord/regio.yml <<-'END'
		naam: Noord
		contact:
		  telefoon: 0318 000 000
		  gecontroleerd: 2025-10-01
	END
	cat >content/regios/zuid/regio.yml <<-'END'
		naam: Zuid
		contact: {telefoon: 0318 000 001}
	END
	page 500 >playbooks/regeling/kaart.md
	cat >playbooks/regeling/oud.md <<-'END'
		---
		titel: Oud
		eigenaar: Redactie
		geldig-tot: 2026-10-31
		---

		Tekst.
	END
	cat >content/regios/noord/regeling/kaart.md <<-'END'
		---
		eigenaar: Anna
		herzien-voor: 2026-11-01
		---

		## Vervang: Kosten

		In Noord is het 700 euro.

		## Vul aan: Weg

		Dit hoort nergens.

		## Nieuw na Aanvraag: Spreekuur

		Elke dag.
	END
	cat >content/regios/zuid/regeling/kaart.md <<-'END'
		---
		gezien: 2025-11-01
		---

		## Vul aan: Contact

		Bel Zuid.
	END
	commit 2026-01-05 'Eerste versie'
	page 600 >playbooks/regeling/kaart.md
	commit 2026-03-03 'Bedragen 2026'
}

# The national page, with this amount.
page() {
	cat <<-END
		---
		titel: Kaart
		eigenaar: Redactie
		herzien-voor: 2026-11-20
		---

		Inleiding.

		## Kosten

		U krijgt $1 euro.

		## Aanvraag

		Bel het loket.

		## Contact <!-- #contact regio-vult-in -->

		Hier staat wie u belt.

		## Tijden <!-- regio-vult-in -->

		Hier staat wanneer.
	END
}

commit() {
	git add -A
	GIT_AUTHOR_DATE=${1}T12:00:00Z GIT_COMMITTER_DATE=${1}T12:00:00Z git commit -q -m "$2"
}

status_of() {
	"$DRAAIBOEK" status --date "$DRAAIBOEK_DATE" "$@"
}

# Standard output is the file of status/: wants FILE ARGUMENT…
wants() {
	status_of "${@:2}" 2>err | sed -E 's/"commit":"[0-9a-f]{40}"/"commit":"…"/' \
		>"$BATS_TEST_TMPDIR/got"
	diff -u "$top/tests/cli/status/$1" "$BATS_TEST_TMPDIR/got"
}

@test "status: as text, with the faults of the content only counted" {
	wants all.txt
	diff <(echo 'draaiboek: fouten in de inhoud: 1; zie draaiboek check') err
}

@test "status: as JSON" {
	wants all.json -q --format json
	[ ! -s err ]
}

@test "status: of one region" {
	wants noord.txt -q --regio noord
}

@test "status: in English" {
	wants english.txt -q --lang en
}

@test "status: exit 0 when there is something to do, also with errors" {
	run status_of -q
	[ "$status" -eq 0 ]
}

@test "status: exit 2 when it cannot run" {
	run status_of --regio noort
	[ "$status" -eq 2 ]
	[[ $output == *'"noort"'*'noord'*'[region-unknown]'* ]]
	run status_of -s nergens
	[ "$status" -eq 2 ]
}

@test "status: a bare repository, and a revision" {
	status_of -q --format json >"$BATS_TEST_TMPDIR/folder"
	git clone -q --bare . "$BATS_TEST_TMPDIR/bare.git"
	status_of -q --format json -s "$BATS_TEST_TMPDIR/bare.git" | diff "$BATS_TEST_TMPDIR/folder" -
	status_of -q --format json --rev main | diff "$BATS_TEST_TMPDIR/folder" -
	[ "$(status_of -q --format json --rev main~1 | jq .counts.drift)" -eq 0 ]
}

@test "status: nothing to do" {
	rm -r content/regios playbooks/regeling/oud.md
	sed -i '/herzien/d' playbooks/regeling/kaart.md
	[ "$(status_of -q)" = 'Niets te doen: alles is bij.' ]
	[ "$(status_of -q --format json | jq -c .items)" = '[]' ]
}

@test "status: what would steer the terminal is not shown" {
	sed -i 's/^eigenaar.*/eigenaar: "Anna\\e[31m\\u202e"/' content/regios/noord/regeling/kaart.md
	[[ "$(status_of -q)" != *$'\e'* ]]
	[[ "$(status_of -q)" == *'Anna�[31m�'* ]]
	[ "$(status_of -q --format json | jq -r '.items[].owner' | grep -c $'\e')" -gt 0 ]
}
