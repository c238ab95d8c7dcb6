# tests/layers, on small trees of its own.

setup() {
	tree=$BATS_TEST_TMPDIR
	mkdir -p "$tree/tests" "$tree/generator/base" "$tree/generator/model"
	cp tests/layers "$tree/tests/"
	cat >"$tree/generator/layers.txt" <<-'END'
		# A comment.
		layer base mem text
		layer model page site

		uses git2 model/site.c
	END
	put base/mem.h '#include <stddef.h>'
	put base/mem.c '#include "base/mem.h"'
	put base/text.h ''
	put model/page.h '#include "base/text.h"'
	put model/site.h ''
}

put() {
	printf '%b\n' "$2" >"$tree/generator/$1"
}

@test "layers: a tree in order passes" {
	put base/text.c '#include "base/text.h"\n#include <sys/stat.h>\n#include "base/mem.h"'
	put model/site.c '#include "model/page.h"\n#include <git2/sys/repository.h>'
	put main.c '#include "model/site.h"'
	run "$tree/tests/layers"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "layers: a room may not include one to its right" {
	put base/mem.c '#include "base/text.h"'
	run "$tree/tests/layers"
	[ "$status" -ne 0 ]
	[[ $output == *'mem.c:1: base/mem may not include base/text'* ]]
}

@test "layers: a layer may not include one below it" {
	put base/text.c '\n# include "model/page.h"'
	run "$tree/tests/layers"
	[ "$status" -ne 0 ]
	[[ $output == *'text.c:2: base/text may not include model/page'* ]]
}

@test "layers: every room is in the list" {
	put base/utils.c ''
	run "$tree/tests/layers"
	[ "$status" -ne 0 ]
	[[ $output == *'base/utils is not in generator/layers.txt'* ]]
}

@test "layers: the list has no room that is gone" {
	rm "$tree"/generator/base/mem.[ch]
	run "$tree/tests/layers"
	[ "$status" -ne 0 ]
	[[ $output == *'there is no room base/mem'* ]]
}

@test "layers: a third-party header has its listed users, and they are no headers" {
	put model/page.c '#include <git2.h>'
	put model/site.h '#include <git2.h>'
	run "$tree/tests/layers"
	[ "$status" -ne 0 ]
	[[ $output == *'model/page.c is not listed'*'<git2.h>'* ]]
	[[ $output == *'site.h:1: a header may not include a third-party one'* ]]
}
