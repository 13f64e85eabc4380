/** How fast and how small the journal is, against others: run by {@code scripts/bench-journal}, never by the tests. */
package dev.moorage.benchmark;
