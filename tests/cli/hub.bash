# For the tests of pushing: a bare repository with hooks, in $hub, an editor's clone of it, in $clone,
# and a site with three regions. Sourced by the setup of each.

make_hub() {
	hub=$BATS_TEST_TMPDIR/hub.git
	to=$BATS_TEST_TMPDIR/www
	clone=$BATS_TEST_TMPDIR/clone
	git init -q --bare -b main "$hub"
	"$DRAAIBOEK" hooks install --repo "$hub" --to "$to"
	# What is made of a push is tested elsewhere.
	rm "$hub/hooks/post-receive"
	git clone -q "$hub" "$clone" 2>/dev/null
	git -C "$clone" checkout -q -b main 2>/dev/null || true
}

make_site() {
	local region
	mkdir -p "$clone"/content/regios "$clone"/playbooks/subsidies
	cat >"$clone/content/site.yml" <<-'END'
		titel: Proef
		adres: https://draaiboek.example
		verzamelingen:
		  subsidies: {titel: Regelingen}
	END
	cat >"$clone/playbooks/subsidies/x.md" <<-'END'
		---
		titel: Proefplaatsing
		---

		Waar het om gaat.

		## Wie betaalt het?

		De gemeente betaalt.

		## Hoe lang duurt het?

		Twee maanden.
	END
	for region in foodvalley:FoodValley twente:Twente veluwe:Veluwe; do
		mkdir -p "$clone/content/regios/${region%:*}/subsidies"
		echo "naam: ${region#*:}" >"$clone/content/regios/${region%:*}/regio.yml"
	done
	adapt foodvalley 'Vervang: Wie betaalt het?'
	adapt twente 'Vul aan: Wie betaalt het?'
}

# An adaptation with one heading.
adapt() {
	printf -- '---\n---\n## %s\n\nBij ons.\n' "$2" >"$clone/content/regios/$1/subsidies/x.md"
}

commit() {
	git -C "$clone" add -A
	git -C "$clone" diff --cached --quiet || git -C "$clone" commit -q -m "${1:-Wijziging}"
}

# Pushes what is in the clone; $output has what git said.
push() {
	run git -C "$clone" push origin "${@:-HEAD:refs/heads/main}"
}

# The site as it is to begin with, pushed and taken.
start_hub() {
	make_hub
	make_site
	commit 'Eerste versie'
	git -C "$clone" push -q origin main 2>/dev/null
}

# What the repository holds: every object, every name.
contents() {
	git -C "$hub" cat-file --batch-all-objects --batch-check
	git -C "$hub" for-each-ref
	find "$hub/objects" -type f | sort
}

says() {
	grep -qF -- "$1" <<<"$output" || { echo "not said: $1"; echo "$output"; return 1; }
}

says_not() {
	! grep -qF -- "$1" <<<"$output" || { echo "said: $1"; echo "$output"; return 1; }
}

# Puts the program, with what it needs, in a folder that others can enter: a clone may lie in one that
# they cannot.
copy_program() {
	cp "$DRAAIBOEK_RELEASE" "$1/draaiboek"
	cp -RL "$(dirname "$DRAAIBOEK_RELEASE")/share" "$1/share"
	chmod -R a+rX "$1/draaiboek" "$1/share"
}
