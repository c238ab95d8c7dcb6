# make install: the program works where it is put, with all it needs beside it.

setup() {
	root=$BATS_TEST_TMPDIR/root
	make --no-print-directory -s install VARIANT=release DESTDIR="$root" PREFIX=/usr
}

@test "install: the installed program builds a site, with nothing of the source tree" {
	cp -R tests/golden/smallest-site/in "$BATS_TEST_TMPDIR/site"
	mv "$root/usr" "$BATS_TEST_TMPDIR/elsewhere"
	cd "$BATS_TEST_TMPDIR"
	run elsewhere/bin/draaiboek build -s site -o out
	echo "$output"
	[ "$status" -eq 0 ]
	[ -s out/index.html ]
	[ -s out/regio/foodvalley/subsidies/proefplaatsing/index.html ]
}

@test "install: its messages are in the site's language" {
	mkdir -p "$BATS_TEST_TMPDIR/site/content"
	printf 'titel: T\nadres: https://a.example\nverzamelingen: {}\nonbekend: x\n' \
		>"$BATS_TEST_TMPDIR/site/content/site.yml"
	run "$root/usr/bin/draaiboek" check -s "$BATS_TEST_TMPDIR/site"
	[ "$status" -eq 1 ]
	[[ $output == *'content/site.yml:4:1: fout: '*'[key-unknown]'* ]]
	run env LC_ALL=C "$root/usr/bin/draaiboek" check -s "$BATS_TEST_TMPDIR/site" --lang en
	[[ $output == *'content/site.yml:4:1: error: '* ]]
}

@test "install: man pages go to their sections" {
	[ -s "$root/usr/share/man/man1/draaiboek.1" ]
	[ -s "$root/usr/share/man/man5/draaiboek-site.5" ]
}

@test "install: the configuration of nginx is beside the themes" {
	[ -s "$root/usr/share/draaiboek/nginx/draaiboek.conf" ]
	[ -s "$root/usr/share/draaiboek/nginx/site.conf" ]
}
