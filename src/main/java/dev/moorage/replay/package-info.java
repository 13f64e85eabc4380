/** Reads a history and walks through it: what happened, why, and what the world looked like. Starts no actor. */
@NullMarked
package dev.moorage.replay;

import org.jspecify.annotations.NullMarked;
