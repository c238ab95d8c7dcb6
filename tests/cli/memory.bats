# The program as it is delivered, under valgrind: what the sanitizers cannot see, and threads.

site=tests/golden/smallest-site/in

@test "memory: valgrind finds nothing in a build" {
	run valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
		"$DRAAIBOEK_RELEASE" build -q -s "$site" -o "$BATS_TEST_TMPDIR/out"
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "memory: helgrind finds no two threads at the same memory" {
	run valgrind -q --tool=helgrind --suppressions=tests/valgrind.supp --error-exitcode=9 \
		"$DRAAIBOEK_RELEASE" build -q -j 4 -s . -o "$BATS_TEST_TMPDIR/out" --date "$DRAAIBOEK_DATE"
	echo "$output"
	[ "$status" -eq 0 ]
}
