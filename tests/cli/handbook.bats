# The handbook for editors, word for word: each command that stands in it is typed, on the content of
# this repository, against a bare repository with the hooks. Where the handbook says in words that
# something is changed, the test changes it.

setup_file() {
	export seed=$BATS_FILE_TMPDIR/seed
	mkdir "$seed"
	cp -R content playbooks "$seed"
	git init -q -b main "$seed"
	git -C "$seed" add -A
	git -C "$seed" commit -q -m 'Eerste versie'
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	site=$BATS_TEST_TMPDIR/www
	export GIT_CONFIG_GLOBAL=$BATS_TEST_TMPDIR/gitconfig
	unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
	unset GIT_AUTHOR_DATE GIT_COMMITTER_DATE
	git config --global url."$BATS_TEST_TMPDIR/".insteadOf redactie@draaiboek.example:
	git clone -q --bare "$seed" teksten.git
	"$DRAAIBOEK_RELEASE" hooks install --repo teksten.git --to "$site" 2>/dev/null
	"$DRAAIBOEK_RELEASE" publish -q --repo teksten.git --to "$site" 2>/dev/null
	mkdir bin
	ln -s "$DRAAIBOEK_RELEASE" bin/draaiboek
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

# The page's commands, and before its first `git add` the change that it tells of in words: $2.
follow() {
	awk -v change="$2" '
		/^```sh$/ { shown = 1; next }
		/^```$/ { shown = 0 }
		shown && /^git add/ && !changed { print change; changed = 1 }
		shown' "$BATS_TEST_DIRNAME/../../playbooks/handboek/$1.md" >steps
	[ -s steps ]
	bash -e steps
}

# An editor who has cloned before.
clone() {
	git config --global user.name 'Uw naam'
	git config --global user.email u@voorbeeld.nl
	git clone -q redactie@draaiboek.example:teksten.git
	cd teksten || return
}

live() {
	tr '\n' ' ' <"$site/current/$1/index.html"
}

@test "handbook: a first text goes online" {
	run follow eerste-keer 'echo "Bel gerust." >>playbooks/subsidies/jobcoach.md'
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *https://draaiboek.example* ]]
	live subsidies/jobcoach | grep -q 'Bel gerust.'
	live subsidies/jobcoach | grep -q 'Telefoonnummer van het loket aangepast'
	live subsidies/jobcoach | grep -q 'Uw naam'
	# The handbook itself has this address in an example.
	! grep -rl --include=index.html --include='*.xml' u@voorbeeld.nl "$site/current/" |
		grep -v handboek/eerste-keer
}

@test "handbook: a refused change is mended" {
	clone
	echo 'Lees [dit](bestaat-niet.md).' >>playbooks/subsidies/jobcoach.md
	git commit -q -a -m 'Een link erbij'
	run git push
	echo "$output"
	[ "$status" -ne 0 ]
	[[ $output == *geweigerd* ]]
	[[ $output =~ playbooks/subsidies/jobcoach\.md:[0-9]+:[0-9]+:\ fout: ]]
	! live subsidies/jobcoach | grep -q bestaat-niet
	sed -i 's/bestaat-niet/proefplaatsing/' playbooks/subsidies/jobcoach.md
	follow geweigerd : # the second half puts the change aside: nothing is left to do then
	live subsidies/jobcoach | grep -q 'Lees <a'
	git rev-parse -q --verify bewaard
}

@test "handbook: a preview, then online, then gone" {
	clone
	sed -n '/^```sh$/,/^```$/p' "$BATS_TEST_DIRNAME/../../playbooks/handboek/voorbeeld.md" |
		grep -v '^```' >all
	sed '/^git switch main/,$d' all |
		sed 's/^git add --all$/echo "Alleen in de zomer." >>playbooks\/subsidies\/jobcoach.md; &/' >first
	run bash -e first
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *https://draaiboek.example/concept/zomer/* ]]
	grep -q 'Alleen in de zomer' "$site/concept/zomer/current/subsidies/jobcoach/index.html"
	grep -q noindex "$site/concept/zomer/current/subsidies/jobcoach/index.html"
	! live subsidies/jobcoach | grep -q 'Alleen in de zomer'
	sed -n '/^git switch main/,$p' all >second
	run bash -e second
	echo "$output"
	[ "$status" -eq 0 ]
	live subsidies/jobcoach | grep -q 'Alleen in de zomer'
	[ ! -e "$site/concept/zomer" ]
}

@test "handbook: a change is undone" {
	clone
	echo 'Dit klopt niet.' >>playbooks/subsidies/jobcoach.md
	git commit -q -a -m 'Een zin erbij'
	git push -q
	live subsidies/jobcoach | grep -q 'Dit klopt niet'
	run follow ongedaan-maken :
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *'Een zin erbij'* ]]
	! live subsidies/jobcoach | grep -q '<p>Dit klopt niet'
}

@test "handbook: a region adapts a page" {
	local page file
	page=$BATS_TEST_DIRNAME/../../playbooks/handboek/regio-aanpassen.md
	file=content/regios/foodvalley/subsidies/jobcoach.md
	grep -q "$file" "$page"
	clone
	mkdir -p "$(dirname "$file")"
	sed -n '/^```markdown$/,/^```$/p' "$page" | grep -v '^```' >"$file"
	run follow regio-aanpassen :
	echo "$output"
	[ "$status" -eq 0 ]
	live regio/foodvalley/subsidies/jobcoach | grep -q 'eerst het loket'
	! live subsidies/jobcoach | grep -q 'eerst het loket'
}

@test "handbook: what has drifted is looked up, and noted as seen" {
	local file=content/regios/foodvalley/subsidies/werkervaringsplaats.md
	clone
	sed -i 's/^## Voorwaarden.*/&\n\nEr is een voorwaarde bij gekomen./' \
		playbooks/subsidies/werkervaringsplaats.md
	git commit -q -a -m 'Nieuwe voorwaarde'
	GIT_COMMITTER_DATE=2026-11-19T12:00:00Z GIT_AUTHOR_DATE=2026-11-19T12:00:00Z \
		git commit -q --amend --no-edit
	git push -q
	run draaiboek status --regio foodvalley
	[[ $output == *werkervaringsplaats* ]]
	run follow bijhouden "sed -i '1a gezien: $(date +%F)' $file"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *'voorwaarde bij gekomen'* ]]
	run draaiboek status --regio foodvalley
	[[ $output != *'subsidies/werkervaringsplaats.md'* ]]
}
