# What a web server tells two releases of a page apart by: the time of the file in seconds, and size.

setup() {
	repository=$BATS_TEST_TMPDIR/site.git
	to=$BATS_TEST_TMPDIR/to
	work=$BATS_TEST_TMPDIR/work
	cp -R tests/golden/smallest-site/in "$work"
	git init -q -b main "$work"
	git -C "$work" add -A
	git -C "$work" commit -q -m een
	git clone -q --bare "$work" "$repository"
}

# Publishes an edition of which the home page has the same size as that of any other.
edition() {
	sed -i "s/^titel: .*/titel: Draaiboek $1/" "$work/content/site.yml"
	git -C "$work" commit -q -a -m "uitgave $1"
	git -C "$work" push -q "$repository" main
	"$DRAAIBOEK" publish -q --repo "$repository" --to "$to" --date "$DRAAIBOEK_DATE"
}

@test "times: a page that was published after going back has another time than the one gone back from" {
	edition a
	edition b
	second=$(stat -c '%Y %s' "$to/current/index.html")
	"$DRAAIBOEK" rollback -q --to "$to"
	edition c
	third=$(stat -c '%Y %s' "$to/current/index.html")
	[ "${second#* }" = "${third#* }" ]
	[ "$second" != "$third" ]
}
