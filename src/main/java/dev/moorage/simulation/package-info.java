/**
 * The same actors, rules and journal under a clock that jumps and a seed that decides everything: no sockets, one thread,
 * and crashes wherever one wants them.
 */
@NullMarked
package dev.moorage.simulation;

import org.jspecify.annotations.NullMarked;
